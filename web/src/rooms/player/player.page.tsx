import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { Poster } from '../../kit/poster.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './player.module.css';

/** What the person has begun and not finished, the last one first. */
export function Page() {
  const say = useWords('player');
  const times = useTimes();
  const begun = useQuery({
    queryKey: ['player', 'begun'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/play/begun', { signal, params: { query: {} } })),
    staleTime: 0,
  });
  return (
    <Frame title={say('title')} lede={say('lede')}>
      <Card title={say('begun')}>
        <QueryState
          query={begun}
          reading={say('reading')}
          isEmpty={(items) => items.length === 0}
          empty={
            <>
              <p>{say('none')}</p>
              <div>
                <Link to={'/titles' as never}>{say('toTitles')}</Link>
              </div>
            </>
          }
        >
          {(items) => (
            <ul className={classes.begun}>
              {items.map((item) => (
                <li key={item.title.id}>
                  <Link to={'/player/$id' as never} params={{ id: String(item.title.id) } as never}>
                    <Poster id={item.title.series?.id ?? item.title.id} title={item.title.series?.title ?? item.title.title} width={64} />
                    <span>
                      <b>{item.title.series?.title ?? item.title.title}</b>
                      {item.title.season !== null && item.title.episode !== null && (
                        <small>{say('episode', { season: item.title.season, number: item.title.episode, title: item.title.title })}</small>
                      )}
                      <small>{say('stoppedAt', { progress: Math.round(item.progress), at: times.full(item.stopped_at) })}</small>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </Card>
    </Frame>
  );
}
