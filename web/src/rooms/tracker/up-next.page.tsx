import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { number } from '../../kit/numbers.ts';
import { Columns } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { countsQuery, LISTS, type UpNext, upNextQuery, useWhose } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

type Next = UpNext['items'][number];

function NextRow({ next }: Readonly<{ next: Next }>) {
  const say = useWords('tracker');
  const times = useTimes();
  const { show, episode } = next;
  const slot = show.next;
  const left = Math.max(0, show.total - show.not_aired - show.watched);
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{show.title.title}</b>
        <small>
          {slot && say('slot', { season: slot.season, episode: slot.number })}
          {episode?.title ? ` · ${episode.title}` : ''}
        </small>
      </div>
      <span className="small muted">{say('left', { count: left })}</span>
      <span className="small faint">
        {show.last_watched_at === null ? say('neverWatched') : say('lastWatched', { at: times.day(show.last_watched_at) })}
      </span>
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
                      <NextRow next={one} />
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
