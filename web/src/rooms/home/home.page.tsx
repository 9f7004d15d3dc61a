import { Button } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '../../api/answer.ts';
import { useMe } from '../../api/session.ts';
import { Card } from '../../kit/card.tsx';
import { span } from '../../kit/numbers.ts';
import { Columns, Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { homeQuery } from '../../kit/use-decisions.ts';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { useWorkName } from '../../kit/work-name.ts';
import classes from './home.module.css';

type View = Answer<'app.home'>;
type Decision = View['decisions'][number];
type Capability = View['capabilities'][number];
type Source = View['sources'][number];

/** Where each kind of decision is made. */
const WHERE: Readonly<Record<Decision['kind'], (decision: Decision) => string>> = {
  plan: ({ id }) => `/sync/plan/${id}`,
  conflict: () => '/sync/conflicts',
  'request-failed': ({ values }) => `/requests/${String(values.request)}`,
  'place-refused': () => '/connections',
  'push-failed': () => '/sync',
  'change-in-doubt': () => '/activity/changes',
  'person-unmatched': () => '/people/match',
  'task-failed': ({ id }) => `/tasks/${id}`,
  'event-undelivered': () => '/tasks/events',
};

export function Page() {
  const say = useWords('home');
  const me = useMe();
  const home = useQuery(homeQuery);
  return (
    <Frame title={say('title')} lede={me && say(me.role === 'person' ? 'lede.person' : 'lede.house')}>
      <Columns
        side={
          <Card title={say('sources.title')}>
            <QueryState
              query={home}
              reading={say('sources.reading')}
              isEmpty={({ sources }) => sources.length === 0}
              empty={say('sources.none')}
            >
              {({ sources }) => <Sources sources={sources} />}
            </QueryState>
          </Card>
        }
      >
        <Stack>
          <Inbox home={home} />
          <Card title={say('work.title')}>
            <QueryState query={home} reading={say('work.reading')}>
              {({ capabilities }) => <Capabilities rows={capabilities} />}
            </QueryState>
          </Card>
        </Stack>
      </Columns>
    </Frame>
  );
}

function Inbox({ home }: Readonly<{ home: UseQueryResult<View, Error> }>) {
  const say = useWords('home');
  const count = Object.values(home.data?.totals ?? {}).reduce((sum, of) => sum + of, 0);
  return (
    <Card title={say('inbox.title')} {...(count > 0 && { count })}>
      <QueryState query={home} reading={say('inbox.reading')}>
        {({ decisions, unreadable }) => (
          <>
            {unreadable.length > 0 && (
              <div className={classes.unread}>
                {unreadable.map(({ part, message }) => (
                  <p key={part}>
                    <StateWord tone="warn" plain>
                      {say('inbox.unreadable', { part: say(`parts.${part}`), message })}
                    </StateWord>
                  </p>
                ))}
              </div>
            )}
            {decisions.length === 0 && unreadable.length === 0 && <p className={classes.clear}>{say('inbox.clear')}</p>}
            <ol className={classes.list}>
              {decisions.map((decision, index) => (
                <Item key={`${decision.kind} ${decision.id}`} decision={decision} number={index + 1} />
              ))}
            </ol>
          </>
        )}
      </QueryState>
    </Card>
  );
}

function Item({ decision, number }: Readonly<{ decision: Decision; number: number }>) {
  const say = useWords('home');
  const times = useTimes();
  const navigate = useNavigate();
  const to = WHERE[decision.kind](decision);
  useShortcut(number < 10 ? String(number) : 'mod+unused', () => void navigate({ to }));
  const nameOf = useWorkName();
  const values = {
    ...decision.values,
    subject: decision.kind === 'task-failed' ? nameOf({ name: decision.subject, task: decision.subject }) : decision.subject,
    place: String(decision.values.subordinate ?? '').replace(/^internal:/, ''),
    person: decision.person ?? '',
  };
  return (
    <li className={classes.item}>
      <div>
        <p>
          <b>{say(`what.${decision.kind}`, values)}</b>
        </p>
        <p className="muted small">
          <time dateTime={decision.since}>{times.full(decision.since)}</time> · {say(`facts.${decision.kind}`, values)}
        </p>
      </div>
      <Button component={Link} to={to} size="xs" variant="default">
        {say(`verb.${decision.kind}`)}
        <span className="vh"> {decision.subject}</span>
      </Button>
    </li>
  );
}

function Capabilities({ rows }: Readonly<{ rows: readonly Capability[] }>) {
  const say = useWords('home');
  const times = useTimes();
  return (
    <Table
      caption={say('work.title')}
      rows={rows}
      idOf={({ id }) => id}
      columns={[
        { key: 'name', title: say('work.name'), cell: ({ id }) => <b>{say(`capability.${id}`)}</b> },
        { key: 'last', title: say('work.last'), cell: (row) => <Last row={row} /> },
        {
          key: 'next',
          title: say('work.next'),
          cell: ({ next, on, open }) => {
            if (open > 0) return <StateWord tone="info">{say('work.now')}</StateWord>;
            if (!on) return <span className="muted">{say('work.off')}</span>;
            return <time dateTime={next ?? undefined}>{next === null ? say('work.noNext') : times.full(next)}</time>;
          },
        },
      ]}
    />
  );
}

function Last({ row: { last } }: Readonly<{ row: Capability }>) {
  const say = useWords('home');
  const times = useTimes();
  if (!last) return <span className="muted">{say('work.never')}</span>;
  return (
    <span>
      <time dateTime={last.at}>{times.full(last.at)}</time>
      {last.took_ms !== null && <span className="muted"> · {span(last.took_ms)}</span>}
      {last.state === 'failed' && (
        <span className={classes.fault}>
          <StateWord tone="bad" plain>
            {last.error ?? say('work.failed')}
          </StateWord>
        </span>
      )}
    </span>
  );
}

const TONES: Readonly<Record<Source['state'], Tone>> = { known: 'ok', unknown: 'unknown', refused: 'bad', new: 'quiet', off: 'quiet' };

function Sources({ sources }: Readonly<{ sources: readonly Source[] }>) {
  const say = useWords('home');
  const times = useTimes();
  return (
    <ul className={classes.sources}>
      {sources.map(({ kind, name, person, state, known_at: known, trouble }) => (
        <li key={`${kind} ${name} ${person}`}>
          <Place kind={kind} name={name} isUnknown={state === 'unknown'} {...(person !== null && { note: person })} />
          <StateWord tone={TONES[state]} plain={state === 'known'}>
            {say(`state.${state}`)}
          </StateWord>
          <span className="muted small">{known === null ? say('sources.never') : say('sources.known', { at: times.full(known) })}</span>
          {trouble && <span className="small">{say('sources.trouble', { at: times.full(trouble.at), message: trouble.message })}</span>}
        </li>
      ))}
    </ul>
  );
}
