import { Pagination } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { playsQuery, useWhose, WINDOW } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

/** What somebody watched on which day. */
export function Page() {
  const say = useWords('tracker');
  const times = useTimes();
  const { person } = useWhose();
  const [pageText, setPage] = useAddress('page');
  const page = Math.max(1, Number(pageText) || 1);
  const plays = useQuery(playsQuery(person, page));
  return (
    <TrackerPage tab="history" title={say('historyTitle')} lede={say('historyLede')}>
      <Card title={say('plays', { count: plays.data?.total ?? 0 })}>
        <QueryState query={plays} reading={say('readingHistory')} isEmpty={(data) => data.total === 0} empty={<p>{say('noHistory')}</p>}>
          {({ items, total }) => (
            <>
              <Table
                caption={say('historyTitle')}
                rows={items}
                idOf={(play) => play.id}
                columns={[
                  {
                    key: 'title',
                    title: say('what'),
                    cell: ({ title }) => (
                      <div className={classes.what}>
                        <Link to={`/titles/${title.series?.id ?? title.id}` as string}>{title.series?.title ?? title.title}</Link>
                        {title.series && (
                          <small>
                            {title.season !== null && title.episode !== null
                              ? say('slotNamed', { season: title.season, episode: title.episode, title: title.title })
                              : title.title}
                          </small>
                        )}
                      </div>
                    ),
                  },
                  { key: 'at', title: say('when'), cell: (play) => times.full(play.at) },
                  { key: 'how', title: say('toldBy'), cell: (play) => play.account ?? say(`how.${play.how ?? 'unknown'}`) },
                ]}
              />
              {total > WINDOW && (
                <div className={classes.details}>
                  <Pagination
                    total={Math.ceil(total / WINDOW)}
                    value={page}
                    onChange={(next) => setPage(next === 1 ? '' : String(next))}
                    getItemProps={(item) => ({ 'aria-label': say('page', { page: item }) })}
                    getControlProps={(control) => ({ 'aria-label': say(`pages.${control}`) })}
                  />
                </div>
              )}
            </>
          )}
        </QueryState>
      </Card>
    </TrackerPage>
  );
}
