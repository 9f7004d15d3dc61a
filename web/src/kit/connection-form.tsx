import { Button, Checkbox, Radio, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api, take } from '../api/client.ts';
import classes from './connection.module.css';
import { CheckList, useCheck } from './connection-check.tsx';
import { DeviceSignIn, PasswordSignIn } from './connection-sign-in.tsx';
import { type Account, type CheckReport, type Draft, emptyDraft, type Kind, wishOf } from './connection-types.ts';
import { SecretField } from './secret-field.tsx';
import { SimklForm } from './simkl-form.tsx';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

type FormProps = Readonly<{
  kind: Kind;
  /** Of a connection that is there already. */
  account?: Account;
  /** A name that is free. */
  suggested?: string;
  onSaved(name: string): void;
}>;

/** Name, address and secret of a connection, tried while they are typed. What was refused cannot be saved; what is silent can. */
export function ConnectionForm(props: FormProps) {
  return props.kind === 'simkl' ? <SimklForm suggested={props.suggested ?? 'simkl'} onSaved={props.onSaved} /> : <ServerForm {...props} />;
}

const WAYS: Readonly<Record<Kind, readonly Draft['way'][]>> = {
  plex: ['device', 'key'],
  jellyfin: ['password', 'key'],
  emby: ['password', 'key'],
  seerr: ['key'],
  simkl: ['key'],
};

function ServerForm({ kind, account, suggested = kind, onSaved }: FormProps) {
  const say = useWords('shell');
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() =>
    account
      ? { ...emptyDraft(kind, account.name), way: 'key', url: account.server.url, user: account.user.id }
      : emptyDraft(kind, suggested),
  );
  const change = useCallback((part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })), []);
  const wish = wishOf(draft, account);
  const check = useCheck(wish);
  const isSilent = check.report?.verdict === 'silent';
  const save = useMutation({
    mutationFn: () => send(draft, account, isSilent),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['accounts'] }),
        queries.invalidateQueries({ queryKey: ['connections'] }),
        queries.invalidateQueries({ queryKey: ['request-desks'] }),
        queries.invalidateQueries({ queryKey: ['sync'] }),
        queries.invalidateQueries({ queryKey: ['demo'] }),
      ]);
      onSaved(draft.name);
    },
  });
  const maySave = check.report?.verdict === 'ready' || (isSilent && !account);
  return (
    <div className={classes.form}>
      <Stack>
        {!account && <NameField kind={kind} draft={draft} change={change} />}
        <WayAndSecret draft={draft} change={change} {...(account && { account })} />
        {kind !== 'seerr' && <UserField draft={draft} change={change} report={check.report} />}
        {kind === 'seerr' && (
          <Radio.Group label={say('connection.role')} value={draft.role} onChange={(role) => change({ role: role as Draft['role'] })}>
            <Stack gap="sm" mt="xs">
              {(['primary', 'subordinate', 'disabled'] as const).map((role) => (
                <Radio key={role} value={role} label={say(`connection.roles.${role}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {save.error && <Trouble error={save.error} />}
        <Button variant="filled" disabled={!maySave || draft.name === ''} loading={save.isPending} onClick={() => save.mutate()}>
          {account
            ? say('connection.saveChanges')
            : say(isSilent && kind !== 'seerr' ? 'connection.saveWait' : 'connection.save', { name: draft.name })}
        </Button>
      </Stack>
      <CheckList {...check} />
    </div>
  );
}

type PartProps = Readonly<{ draft: Draft; change(part: Partial<Draft>): void }>;

function NameField({ kind, draft, change }: PartProps & Readonly<{ kind: Kind }>) {
  const say = useWords('shell');
  return (
    <TextInput
      label={say('connection.name')}
      description={kind === 'seerr' ? undefined : say('connection.nameHint')}
      value={draft.name}
      onChange={(event) => change({ name: event.currentTarget.value })}
    />
  );
}

function WayAndSecret({ draft, change, account }: PartProps & Readonly<{ account?: Account }>) {
  const say = useWords('shell');
  const ways = WAYS[draft.kind];
  const needsAddress = draft.way !== 'device';
  return (
    <>
      {ways.length > 1 && (
        <div>
          <p className={classes.label} id="connection-way">
            {say('connection.way')}
          </p>
          <SegmentedControl
            aria-labelledby="connection-way"
            fullWidth
            value={draft.way}
            onChange={(way) => change({ way: way as Draft['way'], signIn: '' })}
            data={ways.map((way) => ({ value: way, label: say(`connection.ways.${way}`) }))}
          />
        </div>
      )}
      {needsAddress && (
        <TextInput
          label={say('connection.url')}
          description={say(`connection.urlHint.${draft.kind}`)}
          value={draft.url}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
      )}
      {draft.way === 'key' && (
        <SecretField
          label={say('connection.key')}
          description={account ? say('connection.keySaved') : say(`connection.keyHint.${draft.kind}`)}
          value={draft.key}
          onChange={(event) => change({ key: event.currentTarget.value })}
        />
      )}
      {draft.way === 'password' && <PasswordSignIn draft={draft} change={change} />}
      {draft.way === 'device' && <DeviceSignIn draft={draft} change={change} />}
    </>
  );
}

/** Asked only where it is not clear. */
function UserField({ draft, change, report }: PartProps & Readonly<{ report: CheckReport | undefined }>) {
  const say = useWords('shell');
  const isAsked = report?.checks.some(({ check, state }) => check === 'user' && state !== 'passed') === true;
  if (!isAsked && (draft.user === '' || draft.way === 'device')) return null;
  const users = report?.users ?? [];
  if (users.length > 0) {
    return (
      <Select
        label={say('connection.user')}
        value={users.some(({ id }) => id === draft.user) ? draft.user : (report?.user?.id ?? null)}
        onChange={(user) => change({ user: user ?? '' })}
        data={users.map(({ id, name }) => ({ value: id, label: name }))}
        allowDeselect={false}
      />
    );
  }
  return (
    <TextInput
      label={say('connection.user')}
      description={say('connection.userHint')}
      value={draft.user}
      onChange={(event) => change({ user: event.currentTarget.value })}
    />
  );
}

async function send(draft: Draft, account: Account | undefined, isSilent: boolean): Promise<unknown> {
  const secret = draft.way === 'key' ? (draft.key.trim() === '' ? {} : { token: draft.key.trim() }) : { sign_in: draft.signIn };
  const url = draft.url.trim();
  if (draft.kind === 'seerr') {
    const body = { name: draft.name, url, api_key: draft.key.trim(), role: draft.role, verify: !isSilent };
    return take(api.POST('/api/v1/request-desks', { body }));
  }
  const user = draft.user === '' ? {} : { user: draft.user };
  if (account) {
    const body = { ...(url !== account.server.url && { url }), ...secret, ...(draft.user !== account.user.id && user) };
    return Object.keys(body).length === 0
      ? undefined
      : take(api.PATCH('/api/v1/accounts/{id}', { params: { path: { id: account.id } }, body }));
  }
  const body = { name: draft.name, type: draft.kind, url, ...secret, ...user };
  return isSilent ? take(api.POST('/api/v1/connections/waiting', { body })) : take(api.POST('/api/v1/accounts', { body }));
}

/** What happens at a connection that is there: each switch holds at once. */
export function ConnectionSwitches({ account }: Readonly<{ account: Account }>) {
  const say = useWords('shell');
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Partial<Pick<Account, 'import' | 'export' | 'never_unwatch' | 'metadata_only'>>) =>
      take(api.PATCH('/api/v1/accounts/{id}', { params: { path: { id: account.id } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const box = (name: 'import' | 'export' | 'never_unwatch' | 'metadata_only', label: string) => (
    <Checkbox label={label} checked={account[name]} onChange={(event) => change.mutate({ [name]: event.currentTarget.checked })} />
  );
  return (
    <Stack>
      {box('import', say('connection.import'))}
      {box('export', say('connection.export'))}
      {box('never_unwatch', say('connection.neverUnwatch'))}
      {box('metadata_only', say('connection.metadataOnly'))}
      {change.error && <Trouble error={change.error} />}
    </Stack>
  );
}
