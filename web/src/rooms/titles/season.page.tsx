import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { span } from '../../kit/numbers.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { MarksDialog, type MarkWish } from './marks-dialog.tsx';
import { StandingMark } from './standing-mark.tsx';
import classes from './title.module.css';
import { type SeasonPage, useWho } from './titles-data.ts';

type Episode = SeasonPage['episodes'][number];

/** A season: each episode, who has watched it, and marks with their preview. */
export function Page() {
  const say = useWords('titles');
  const told = useParams({ strict: false }) as Readonly<{ id: string; season: string }>;
  const [id, number] = [Number(told.id), Number(told.season)];
  const queries = useQueryClient();
  const who = useWho();
  const [marking, setMarking] = useState<Readonly<{ wish: MarkWish; subject: string }>>();
  const season = useQuery({
    queryKey: ['titles', 'season', id, number],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/titles/{id}/seasons/{season}', { signal, params: { path: { id, season: number }, query: {} } })),
  });
  const name = number === 0 ? say('seasons.specials') : say('seasons.one', { season: number });
  const show = season.data?.title.title ?? '';
  const mark = (watched: boolean, episode?: Episode) =>
    setMarking({
      wish: { titles: [id], watched, person: who.me, ...(episode?.id ? { episode: episode.id } : { season: number }) },
      subject: episode ? say('story.episode', { season: episode.season, number: episode.number }) : name,
    });
  return (
    <Frame
      title={show === '' ? name : say('seasons.of', { show, season: name })}
      lede={season.data && say('seasons.lede', { count: season.data.episodes.length })}
      up={{ to: `/titles/${id}`, label: show === '' ? say('one') : show }}
      actions={
        <>
          <Button variant="filled" onClick={() => mark(true)}>
            {say('seasons.mark')}
          </Button>
          <Button onClick={() => mark(false)}>{say('seasons.unmark')}</Button>
        </>
      }
    >
      <Card title={say('seasons.list')}>
        <QueryState query={season} reading={say('readingOne')} lines={8}>
          {(page) => <Episodes page={page} onMark={mark} />}
        </QueryState>
      </Card>
      {marking && (
        <MarksDialog
          wish={marking.wish}
          subject={marking.subject}
          person={who.nameOf(who.me)}
          onClose={() => setMarking(undefined)}
          onDone={() => {
            setMarking(undefined);
            void queries.invalidateQueries({ queryKey: ['titles'] });
          }}
        />
      )}
    </Frame>
  );
}

function Episodes({ page, onMark }: Readonly<{ page: SeasonPage; onMark(watched: boolean, episode: Episode): void }>) {
  const say = useWords('titles');
  const times = useTimes();
  const who = useWho();
  const isMine = (episode: Episode) => episode.standings.some((one) => one.person === who.me && one.watched);
  const columns: readonly Column<Episode>[] = [
    {
      key: 'episode',
      title: say('seasons.episode'),
      cell: (episode) => (
        <div className={classes.episode}>
          <strong>{say('story.episode', { season: episode.season, number: episode.number })}</strong> {episode.title}
        </div>
      ),
    },
    {
      key: 'aired',
      title: say('seasons.aired'),
      cell: (episode) => (
        <span className="small muted">
          {[
            episode.aired_at === null ? say('seasons.unknownDay') : times.day(episode.aired_at),
            episode.runtime_ms === null ? '' : span(episode.runtime_ms),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      ),
    },
    {
      key: 'watched',
      title: say('seasons.watchedBy'),
      cell: (episode) => {
        const seen = episode.standings.filter((one) => one.watched || one.position_ms > 0);
        if (seen.length === 0) return <span className="small faint">{say('seasons.nobody')}</span>;
        return (
          <span className={classes.seasonPeople}>
            {seen.map((one) => (
              <StandingMark key={one.person} state={one.watched ? 'watched' : 'part'} name={who.nameOf(one.person)} />
            ))}
          </span>
        );
      },
    },
    {
      key: 'acts',
      title: say('seasons.acts'),
      align: 'end',
      cell: (episode) => (
        <span className={classes.episodeActs}>
          {episode.id !== null && (
            <Button size="xs" onClick={() => onMark(!isMine(episode), episode)}>
              {isMine(episode) ? say('seasons.unmarkOne', { number: episode.number }) : say('seasons.markOne', { number: episode.number })}
            </Button>
          )}
          {episode.id !== null && episode.server_ids.length > 0 && (
            <Link to={'/player/$id' as never} params={{ id: String(episode.id) } as never} className="small">
              {say('seasons.play', { number: episode.number })}
            </Link>
          )}
        </span>
      ),
    },
  ];
  return (
    <Table caption={say('seasons.list')} columns={columns} rows={page.episodes} idOf={(episode) => `${episode.season}-${episode.number}`} />
  );
}
