import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './requests.module.css';

type Options = Readonly<Record<string, unknown>>;

const MAPPINGS = ['admin', 'email_match', 'jellyfin_match', 'plex_match'] as const;

/** What is copied from the primary, and as whom. */
export function Page() {
  const say = useWords('requests');
  const me = useMe();
  const isOwner = me !== undefined && runsTheHouse(me);
  const replication = useQuery({
    queryKey: ['requests', 'rules'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/request-replication', { signal })),
    enabled: isOwner,
  });
  if (me && !isOwner) return <Frame title={say('rules.title')} lede={say('noRight')} />;
  return (
    <Frame title={say('rules.title')} lede={say('rules.lede')} up={{ to: '/requests', label: say('title') }}>
      <Card title={say('rules.title')} padded>
        <QueryState query={replication} reading={say('rules.reading')} lines={6}>
          {({ options, faults }) => (
            <>
              {faults.map((fault) => (
                <p key={fault.field} role="alert">
                  {fault.message}
                </p>
              ))}
              <Rules key={JSON.stringify(options)} options={options} />
            </>
          )}
        </QueryState>
      </Card>
    </Frame>
  );
}

function Rules({ options }: Readonly<{ options: Options }>) {
  const say = useWords('requests');
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Options>({});
  const save = useMutation({
    mutationFn: () => take(api.PATCH('/api/v1/request-replication/options', { body: { ...draft } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['requests'] }),
  });
  const set = (name: string, value: unknown): void => {
    const { [name]: _former, ...rest } = draft;
    setDraft(value === options[name] ? rest : { ...rest, [name]: value });
  };
  const changed = Object.keys(draft);
  return (
    <form
      className={classes.rules}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {Object.entries(options).map(([name, stored]) => (
        <Option key={name} name={name} value={name in draft ? draft[name] : stored} onChange={(value) => set(name, value)} />
      ))}
      {save.error && <Trouble error={save.error} />}
      {changed.length > 0 && (
        <div className={classes.save}>
          <p>{say('rules.changes', { count: changed.length, names: changed.map((name) => say(`rules.options.${name}`)).join(', ') })}</p>
          <Button type="submit" loading={save.isPending}>
            {say('rules.save', { count: changed.length })}
          </Button>
          <Button variant="default" onClick={() => setDraft({})}>
            {say('rules.undo')}
          </Button>
        </div>
      )}
    </form>
  );
}

function Option({ name, value, onChange }: Readonly<{ name: string; value: unknown; onChange(value: unknown): void }>) {
  const say = useWords('requests');
  const label = say(`rules.options.${name}`);
  if (typeof value === 'boolean')
    return <Switch label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (typeof value === 'number') return <NumberInput label={label} value={value} onChange={(next) => onChange(Number(next))} maw={260} />;
  if (name === 'user_mapping') {
    return (
      <Select
        label={label}
        value={String(value)}
        data={MAPPINGS.map((one) => ({ value: one, label: say(`rules.mappings.${one}`) }))}
        onChange={(next) => onChange(next ?? value)}
        allowDeselect={false}
        maw={420}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      maw={420}
    />
  );
}
