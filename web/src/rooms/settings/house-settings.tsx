import { Button, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { Card } from '../../kit/card.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { SecretField } from '../../kit/secret-field.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import classes from './settings.module.css';

export type Setting = operations['app.listSettings']['responses'][200]['content']['application/json'][number];
type Schema = Readonly<{
  type?: string;
  minimum?: number;
  maximum?: number;
  anyOf?: readonly { const?: unknown }[];
  enum?: readonly unknown[];
}>;
type Drafts = Readonly<Record<string, unknown>>;

const settingsQuery = {
  queryKey: ['settings'],
  queryFn: ({ signal }: { signal: AbortSignal }) => take(api.GET('/api/v1/settings', { signal })),
};

const choicesOf = (schema: Schema): readonly string[] | undefined => {
  const given = schema.enum ?? schema.anyOf?.map((one) => one.const);
  return given?.every((one) => typeof one === 'string') ? (given as readonly string[]) : undefined;
};

type FieldProps = Readonly<{ setting: Setting; draft: unknown; change(value: unknown): void }>;

/** A list or an object is written as JSON; what cannot be read is not sent. */
function JsonField({ setting, change }: FieldProps) {
  const say = useWords('settings');
  const [text, setText] = useState(JSON.stringify(setting.value ?? setting.default, null, 2));
  const [isBroken, setBroken] = useState(false);
  const read = (next: string) => {
    setText(next);
    try {
      change(JSON.parse(next));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <Textarea
      aria-label={setting.description}
      value={text}
      autosize
      minRows={2}
      maxRows={12}
      styles={{ input: { fontFamily: 'var(--mono)', fontSize: 13 } }}
      onChange={(event) => read(event.currentTarget.value)}
      error={isBroken && say('notJson')}
      disabled={setting.read_only}
    />
  );
}

const schemaOf = ({ schema }: Setting): Schema => (schema ?? {}) as Schema;
const shownOf = ({ setting, draft }: FieldProps): unknown => (draft === undefined ? setting.value : draft);
const commonOf = ({ setting }: FieldProps) => ({ 'aria-label': setting.description, disabled: setting.read_only });

function NumberField(props: FieldProps) {
  const { type, minimum, maximum } = schemaOf(props.setting);
  return (
    <NumberInput
      {...commonOf(props)}
      value={Number(shownOf(props))}
      allowDecimal={type === 'number'}
      {...(minimum !== undefined && { min: minimum })}
      {...(maximum !== undefined && { max: maximum })}
      onChange={(next) => next !== '' && props.change(Number(next))}
    />
  );
}

function TextField(props: FieldProps) {
  const say = useWords('settings');
  const { setting, draft, change } = props;
  const value = shownOf(props);
  if (!setting.secret) {
    return (
      <TextInput
        {...commonOf(props)}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <SecretField
      {...commonOf(props)}
      placeholder={say(setting.is_set ? 'secretKept' : 'secretNone')}
      value={typeof draft === 'string' ? draft : ''}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** By what the setting takes. */
function Field(props: FieldProps) {
  const { setting, change } = props;
  const { type } = schemaOf(setting);
  const choices = choicesOf(schemaOf(setting));
  if (choices) {
    return (
      <NativeSelect
        {...commonOf(props)}
        value={String(shownOf(props))}
        data={[...choices]}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  if (type === 'boolean') {
    return <Switch {...commonOf(props)} checked={shownOf(props) === true} onChange={(event) => change(event.currentTarget.checked)} />;
  }
  if (type === 'integer' || type === 'number') return <NumberField {...props} />;
  if (type === 'string') return <TextField {...props} />;
  return <JsonField key={JSON.stringify(setting.value)} {...props} />;
}

/** Settings of the whole house that fit, as a form; a bar says what would change. */
export function HouseSettings({ title, fits }: Readonly<{ title: string; fits(setting: Setting): boolean }>) {
  const say = useWords('settings');
  const queries = useQueryClient();
  const settings = useQuery(settingsQuery);
  const [drafts, setDrafts] = useState<Drafts>({});
  const changed = Object.keys(drafts);
  const save = useMutation({
    mutationFn: async () => {
      for (const id of changed) await take(api.PUT('/api/v1/settings/{id}', { params: { path: { id } }, body: { value: drafts[id] } }));
    },
    onSuccess: () => setDrafts({}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['settings'] }),
  });
  const reset = useMutation({
    mutationFn: (id: string) => take(api.DELETE('/api/v1/settings/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['settings'] }),
  });
  useShortcut('mod+s', () => changed.length > 0 && save.mutate(), { inFields: true });
  const change = (setting: Setting) => (value: unknown) =>
    setDrafts((before) => {
      const { [setting.key]: _, ...others } = before;
      return JSON.stringify(value) === JSON.stringify(setting.value) ? others : { ...others, [setting.key]: value };
    });
  return (
    <>
      <Card title={title}>
        <QueryState query={settings} reading={say('readingSettings')}>
          {(all) => (
            <div className={classes.fields}>
              {all.filter(fits).map((setting) => (
                <div key={setting.key} className={classes.field}>
                  <b>{setting.description}</b>
                  <small>
                    {setting.key}
                    {setting.pinned_at !== null && ` · ${say('pinned', { at: setting.pinned_at })}`}
                    {setting.needs_restart && ` · ${say('needsRestart')}`}
                  </small>
                  {setting.broken && <StateWord tone="bad">{say('broken')}</StateWord>}
                  <Field setting={setting} draft={drafts[setting.key]} change={change(setting)} />
                  {setting.is_set && !setting.read_only && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      loading={reset.isPending && reset.variables === setting.key}
                      onClick={() => reset.mutate(setting.key)}
                    >
                      {say('reset', { key: setting.key })}
                    </Button>
                  )}
                </div>
              ))}
            </div>
          )}
        </QueryState>
      </Card>
      {(changed.length > 0 || save.error) && (
        <div className={classes.bar}>
          <p>{changed.join(', ')}</p>
          {save.error && <Trouble error={save.error} />}
          <Button onClick={() => setDrafts({})}>{say('discard')}</Button>
          <Button variant="filled" loading={save.isPending} onClick={() => save.mutate()}>
            {say('save', { count: changed.length })}
          </Button>
        </div>
      )}
    </>
  );
}

/** What bounds a run, a day or a disk. The rest is general. */
export const isLimit = ({ key }: Setting): boolean => /limit|calls|interval|hours|megabytes|pace/.test(key);
export const isOfApps = ({ key }: Setting): boolean => key.startsWith('apps.');
