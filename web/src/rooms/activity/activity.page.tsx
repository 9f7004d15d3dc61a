import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { Why } from '../../kit/why.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './activity.module.css';

type Entry = Answer<'app.listActivity'>['items'][number];

const ABOUT = [
  'account',
  'plan',
  'history',
  'conflict',
  'merge',
  'task',
  'person',
  'login',
  'key',
  'app',
  'setting',
  'requests',
  'bin',
  'tracker',
] as const;

export function Page() {
  const say = useWords('activity');
  const me = useMe();
  const times = useTimes();
  const [about, setAbout] = useAddress('about');
  const [person, setPerson] = useAddress('person');
  const [count, setCount] = useState(50);
  const isOwner = me !== undefined && runsTheHouse(me);
  const people = useQuery({
    queryKey: ['people', 'names'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })),
    enabled: isOwner,
  });
  const activity = useQuery({
    queryKey: ['activity', about, person, count],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/activity', {
          params: { query: { per_page: count, ...(about !== '' && { verb: `${about}.` }), ...(person !== '' && { person }) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
  return (
    <Frame title={say('title')} lede={say('lede')} actions={isOwner && <Link to="/activity/changes">{say('changes.title')}</Link>}>
      <Stack>
        <search className={classes.filters}>
          <Select
            label={say('about')}
            data={[{ value: '', label: say('everything') }, ...ABOUT.map((value) => ({ value, label: say(`abouts.${value}`) }))]}
            value={about}
            onChange={(value) => setAbout(value ?? '')}
            allowDeselect={false}
          />
          {isOwner && (
            <Select
              label={say('person')}
              data={[
                { value: '', label: say('everybody') },
                ...(people.data ?? []).map(({ name, display_name: label }) => ({ value: name, label })),
              ]}
              value={person}
              onChange={(value) => setPerson(value ?? '')}
              allowDeselect={false}
            />
          )}
        </search>
        <QueryState
          query={activity}
          reading={say('reading')}
          lines={8}
          isEmpty={({ total }) => total === 0}
          empty={<p>{say(about === '' && person === '' ? 'empty' : 'nothingFits')}</p>}
        >
          {({ items, total }) => (
            <>
              {[...Map.groupBy(items, ({ at }) => times.day(at))].map(([day, entries]) => (
                <Card key={day} title={day}>
                  <ol>
                    {entries.map((entry) => (
                      <Item key={entry.id} entry={entry} />
                    ))}
                  </ol>
                </Card>
              ))}
              {items.length < total && (
                <Button size="xs" variant="default" onClick={() => setCount(count + 100)}>
                  {say('older', { count: total - items.length })}
                </Button>
              )}
            </>
          )}
        </QueryState>
      </Stack>
    </Frame>
  );
}

function Item({ entry }: Readonly<{ entry: Entry }>) {
  const say = useWords('activity');
  const times = useTimes();
  const key = `verbs.${entry.verb.replaceAll('.', '-')}`;
  const values = { subject: entry.subject, by: entry.actor.name };
  const said = say(key, values);
  const sentence = said === key ? say('verb', { ...values, verb: entry.verb }) : said;
  return (
    <li className={classes.item}>
      <div>
        <p>{sentence}</p>
        <p className="small muted">
          <time dateTime={entry.at}>{times.clock(entry.at)}</time>
          {' · '}
          {say(`actors.${entry.actor.kind}`, { name: entry.actor.name })}
          {entry.person !== null && ` · ${entry.person}`}
        </p>
      </div>
      <div className={classes.acts}>
        <Why about={sentence}>
          <Reasons entry={entry} />
        </Why>
        {entry.undo && <Undo undo={entry.undo} sentence={sentence} />}
      </div>
    </li>
  );
}

function Reasons({ entry }: Readonly<{ entry: Entry }>) {
  const say = useWords('activity');
  const times = useTimes();
  const facts = Object.entries(entry.detail);
  return (
    <dl className={classes.facts}>
      <dt>{say('why.who')}</dt>
      <dd>{say(`actors.${entry.actor.kind}`, { name: entry.actor.name })}</dd>
      <dt>{say('why.when')}</dt>
      <dd>{times.exact(entry.at)}</dd>
      <dt>{say('why.what')}</dt>
      <dd className="mono">{entry.verb}</dd>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Undo({ undo, sentence }: Readonly<{ undo: NonNullable<Entry['undo']>; sentence: string }>) {
  const say = useWords('activity');
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (): Promise<void> => {
      const params = { path: { id: undo.id } };
      await (undo.kind === 'restore'
        ? take(api.POST('/api/v1/bin/{id}/restore', { params }))
        : take(api.POST('/api/v1/merges/{id}/split', { params })));
    },
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'bin' }),
  });
  if (act.isSuccess) {
    return (
      <span role="status">
        <StateWord tone="ok">{say(`undone.${undo.kind}`)}</StateWord>
      </span>
    );
  }
  return (
    <>
      {act.error && <Trouble error={act.error} />}
      <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate()}>
        {say(`undo.${undo.kind}`)}
        <span className="vh"> {sentence}</span>
      </Button>
    </>
  );
}
