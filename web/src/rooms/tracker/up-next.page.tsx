import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { number } from '../../kit/numbers.ts';
import { Columns } from '../../kit/page.tsx';
import { Poster } from '../../kit/poster.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { MarkNext } from './mark-next.tsx';
import classes from './tracker.module.css';
import { countsQuery, LISTS, type UpNext, upNextQuery, useWhose } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

type Next = UpNext['items'][number];

type NextRowProps = Readonly<{ next: Next; person: string | undefined; isOpen: boolean; open(isOpen: boolean): void }>;

function NextRow({ next, person, isOpen, open }: NextRowProps) {
  const say = useWords('tracker');
  const times = useTimes();
  const { show, episode } = next;
  const slot = show.next ? say('slot', { season: show.next.season, episode: show.next.number }) : '';
  const left = Math.max(0, show.total - show.not_aired - show.watched);
  return (
    <div className={classes.line}>
      <Poster id={show.title.id} title={show.title.title} width={40} />
      <div className={classes.what}>
        <Link to={`/titles/${show.title.id}` as string}>{show.title.title}</Link>
        <small>
          {slot}
          {episode?.title ? ` · ${episode.title}` : ''}
        </small>
        <small>
          {say('left', { count: left })} ·{' '}
          {show.last_watched_at === null ? say('neverWatched') : say('lastWatched', { at: times.day(show.last_watched_at) })}
        </small>
      </div>
      {episode?.id && !isOpen && (
        <Button size="sm" onClick={() => open(true)}>
          {say('mark', { slot })}
          <span className="vh"> {show.title.title}</span>
        </Button>
      )}
      {episode?.id && isOpen && (
        <MarkNext show={show.title.id} episode={episode.id} slot={slot} person={person} close={() => open(false)} />
      )}
    </div>
  );
}

function Coming({ coming }: Readonly<{ coming: UpNext['coming'] }>) {
  const say = useWords('tracker');
  const times = useTimes();
  if (coming.length === 0) return <p className={classes.details}>{say('nothingComing')}</p>;
  return (
    <Rows>
      {coming.map(({ show, episode }) => (
        <Row key={show.title.id}>
          <div className={classes.what}>
            <b>{show.title.title}</b>
            <small>
              {times.day(show.next_air_at)}
              {episode ? ` · ${say('slot', { season: episode.season, episode: episode.number })}` : ''}
            </small>
          </div>
        </Row>
      ))}
    </Rows>
  );
}

/** What to watch next, what is announced, and how much lies on each list. */
export function Page() {
  const say = useWords('tracker');
  const { person } = useWhose();
  const next = useQuery(upNextQuery(person));
  const counts = useQuery(countsQuery(person));
  const [marking, setMarking] = useState<number>();
  useShortcut('e', () => setMarking(next.data?.items.find((one) => one.episode?.id)?.show.title.id));
  const search = (person === undefined ? {} : { person }) as never;
  return (
    <TrackerPage tab="upNext" title={say('title')} lede={say('lede')}>
      <Columns
        side={
          <>
            <Card title={say('onLists')}>
              <QueryState query={counts} reading={say('readingLists')}>
                {({ lists }) => (
                  <Rows>
                    {LISTS.map((list) => (
                      <Row key={list}>
                        <div className={classes.line}>
                          <Link to="/tracker/lists/$id" params={{ id: list } as never} search={search} style={{ flex: 1 }}>
                            {say(`list.${list}`)}
                          </Link>
                          <span>{number(lists.filter((one) => one.list === list).reduce((sum, one) => sum + one.count, 0))}</span>
                        </div>
                      </Row>
                    ))}
                  </Rows>
                )}
              </QueryState>
            </Card>
            <Card title={say('comingTitle')}>
              <QueryState query={next} reading={say('readingNext')}>
                {({ coming }) => <Coming coming={coming} />}
              </QueryState>
            </Card>
          </>
        }
      >
        <Card title={say('upNext')}>
          <QueryState query={next} reading={say('readingNext')} isEmpty={(data) => data.items.length === 0} empty={<NothingNext />}>
            {({ items, total }) => (
              <>
                <Rows>
                  {items.map((one) => (
                    <Row key={one.show.title.id}>
                      <NextRow
                        next={one}
                        person={person}
                        isOpen={marking === one.show.title.id}
                        open={(isOpen) => setMarking(isOpen ? one.show.title.id : undefined)}
                      />
                    </Row>
                  ))}
                </Rows>
                {total > items.length && <p className={classes.details}>{say('more', { count: total - items.length })}</p>}
              </>
            )}
          </QueryState>
        </Card>
      </Columns>
    </TrackerPage>
  );
}

function NothingNext() {
  const say = useWords('tracker');
  return (
    <>
      <p>{say('nothingNext')}</p>
      <p>
        <Link to="/tracker/import">{say('importInstead')}</Link>
      </p>
    </>
  );
}
