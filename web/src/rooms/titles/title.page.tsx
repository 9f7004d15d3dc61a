import { Button, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Check, ChevronDown, Play } from 'lucide-react';
import { useState } from 'react';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { size, span } from '../../kit/numbers.ts';
import { Columns, Page as Frame } from '../../kit/page.tsx';
import { Poster } from '../../kit/poster.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { MarksDialog } from './marks-dialog.tsx';
import { OwnWords } from './own-words.tsx';
import { Seasons } from './seasons.tsx';
import { TimeLine } from './time-line.tsx';
import classes from './title.module.css';
import { type TitlePage, titleQuery, useWho } from './titles-data.ts';
import { WhereItStands } from './where-it-stands.tsx';

export function Page() {
  const say = useWords('titles');
  const { id: told } = useParams({ strict: false }) as Readonly<{ id: string }>;
  const id = Number(told);
  const title = useQuery(titleQuery(id, ''));
  const name = title.data?.title.title ?? say('one');
  return (
    <Frame
      title={name}
      lede={title.data && <Lede page={title.data} />}
      up={{ to: '/titles', label: say('title') }}
      actions={title.data && <Actions page={title.data} />}
    >
      <QueryState query={title} reading={say('readingOne')} lines={6}>
        {(page) => (
          <>
            <Hero page={page} />
            <Columns side={<Side page={page} />}>
              {page.seasons.length > 0 && <Seasons page={page} />}
              <TimeLine id={page.title.id} />
            </Columns>
          </>
        )}
      </QueryState>
    </Frame>
  );
}

/** The one-sentence story: who has watched it, and how many places agree. */
function Lede({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const who = useWho();
  const watched = page.row.people.filter((one) => one.state === 'watched').map((one) => who.nameOf(one.person));
  const begun = page.row.people.filter((one) => one.state === 'part').map((one) => who.nameOf(one.person));
  const list = new Intl.ListFormat('en-GB');
  if (watched.length > 0) return <>{say('sentence.watched', { people: list.format(watched), count: watched.length })}</>;
  if (begun.length > 0) return <>{say('sentence.begun', { people: list.format(begun), count: begun.length })}</>;
  return <>{page.row.places.length > 0 ? say('sentence.open') : say('sentence.nowhere')}</>;
}

function Actions({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const who = useWho();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [marking, setMarking] = useState<Readonly<{ watched: boolean; person: string }>>();
  const mine = page.row.people.find((one) => one.person === who.me)?.state === 'watched';
  useShortcut('w', () => setMarking({ watched: !mine, person: who.me }));
  useShortcut('r', () => document.getElementById('title-rating')?.focus());
  useShortcut('l', () => document.getElementById('title-list')?.focus());
  const canPlay = page.title.kind === 'movie' && page.row.places.length > 0;
  const others = who.runs ? who.people.filter((person) => person.name !== who.me) : [];
  return (
    <>
      {canPlay && (
        <Button
          variant="filled"
          leftSection={<Play size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/player/$id' as never, params: { id: String(page.title.id) } as never })}
        >
          {say('play')}
        </Button>
      )}
      <Button leftSection={<Check size={16} aria-hidden />} onClick={() => setMarking({ watched: !mine, person: who.me })}>
        {mine ? say('markUnwatched') : say('markWatched')}
      </Button>
      {others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button rightSection={<ChevronDown size={16} aria-hidden />}>{say('forOthers')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.flatMap((person) => [
              <Menu.Item key={`w${person.name}`} onClick={() => setMarking({ watched: true, person: person.name })}>
                {say('markWatchedFor', { person: person.display_name })}
              </Menu.Item>,
              <Menu.Item key={`u${person.name}`} onClick={() => setMarking({ watched: false, person: person.name })}>
                {say('markUnwatchedFor', { person: person.display_name })}
              </Menu.Item>,
            ])}
          </Menu.Dropdown>
        </Menu>
      )}
      {marking && (
        <MarksDialog
          wish={{ titles: [page.title.id], ...marking }}
          subject={page.title.title}
          person={who.nameOf(marking.person)}
          onClose={() => setMarking(undefined)}
          onDone={() => {
            setMarking(undefined);
            void queries.invalidateQueries({ queryKey: ['titles'] });
          }}
        />
      )}
    </>
  );
}

function Hero({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const { title, runtime_ms: runtime, genres, overview } = page;
  const facts = [
    title.year === null ? say(`kind.${page.row.kind}`) : say(`about.${page.row.kind}`, { year: String(title.year), count: page.row.parts }),
    runtime === null ? '' : span(runtime),
    genres.slice(0, 3).join(', '),
  ].filter((fact) => fact !== '');
  return (
    <div className={classes.hero}>
      <Poster id={title.id} title={title.title} width={120} />
      <div>
        <p className="muted">{facts.join(' · ')}</p>
        {overview !== null && <p className={classes.overview}>{overview}</p>}
      </div>
    </div>
  );
}

function Side({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  return (
    <>
      <WhereItStands page={page} />
      <OwnWords page={page} />
      <Requests page={page} />
      <Copies page={page} />
      <Card title={say('ids.title')} padded>
        {Object.keys(page.title.ids).length === 0 ? (
          <p className="muted">{say('ids.none')}</p>
        ) : (
          <dl className={classes.ids}>
            {Object.entries(page.title.ids).map(([provider, value]) => (
              <div key={provider}>
                <dt>{PROVIDERS[provider] ?? provider}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Card>
    </>
  );
}

const PROVIDERS: Readonly<Record<string, string>> = {
  imdb: 'IMDb',
  tmdb: 'TMDB',
  tvdb: 'TheTVDB',
  simkl: 'Simkl',
  anidb: 'AniDB',
  mal: 'MyAnimeList',
  anilist: 'AniList',
};

function Requests({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const times = useTimes();
  const who = useWho();
  if (page.requests.length === 0) return null;
  return (
    <Card title={say('requests.title')} count={page.requests.length}>
      <Rows>
        {page.requests.map((request) => (
          <Row key={request.id}>
            <p>
              {say('requests.one', {
                person: request.person === null ? request.requested_by : who.nameOf(request.person),
                desk: request.desk,
              })}
            </p>
            <p className="small muted">{say('requests.state', { status: request.status, at: times.full(request.requested_at) })}</p>
          </Row>
        ))}
      </Rows>
    </Card>
  );
}

function Copies({ page }: Readonly<{ page: TitlePage }>) {
  const say = useWords('titles');
  const times = useTimes();
  if (page.copies.length === 0) return null;
  const nameOf = (id: number) =>
    page.row.places.find((place) => place.server_id === id)?.name ?? page.places.find((place) => place.server_id === id)?.name ?? '';
  return (
    <Card title={say('copies.title')}>
      <Rows>
        {page.copies.map((copy) => (
          <Row key={copy.id}>
            <p>
              {[nameOf(copy.server_id), copy.resolution ?? '', copy.size === null ? '' : size(copy.size)]
                .filter((one) => one !== '')
                .join(' · ')}
            </p>
            <p className="small muted">
              {copy.gone_at === null
                ? say('copies.since', { at: times.day(copy.added_at) })
                : say('copies.gone', { at: times.day(copy.gone_at) })}
            </p>
            {copy.path !== null && <p className={`small faint mono ${classes.path}`}>{copy.path}</p>}
          </Row>
        ))}
      </Rows>
    </Card>
  );
}
