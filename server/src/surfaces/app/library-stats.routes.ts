import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Connections } from '#core/connections/index.ts';
import type { Diary } from '#core/viewing/index.ts';
import type { createWatchChart, ListStats, ShelfStats, WatchStatsDesk } from '#features/watch-stats/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { fromIso, toIso } from '#kernel/instant.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Paged, PersonQuery, Problem } from './contract.ts';
import { ChartQuery, ChartShown, DiaryPlay, DiaryQuery, StatsShown } from './library-stats.shape.ts';
import { mediumShape } from './media.shape.ts';
import { offsetOf, paged } from './paging.ts';

export type LibraryStatsDeps = Readonly<{
  diary: Pick<Diary, 'page'>;
  watchStats: WatchStatsDesk;
  watchChart: ReturnType<typeof createWatchChart>;
  connections: Pick<Connections, 'list'>;
}>;

const tags = ['tracker'];

const listShape = ({ count, minutes, watched, total, left, leftMinutes }: ListStats) => ({
  count,
  minutes,
  watched,
  total,
  left,
  left_minutes: leftMinutes,
});
const shelfShape = ({ minutes, weekMinutes, lists }: ShelfStats) => ({
  minutes,
  week_minutes: weekMinutes,
  lists: {
    watching: listShape(lists.watching),
    plantowatch: listShape(lists.plantowatch),
    hold: listShape(lists.hold),
    completed: listShape(lists.completed),
    dropped: listShape(lists.dropped),
  },
});

/** A person's watching by its days, and what it comes to. */
export const libraryStatsRoutes =
  ({
    diary,
    watchStats,
    watchChart,
    connections,
    choice,
  }: LibraryStatsDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const dayIn = (field: string, text: string | undefined): number | undefined => {
      const at = fromIso(text);
      if (text !== undefined && at === undefined) throw invalid(field, 'must be a time, such as 2026-11-26T12:00:00Z');
      return at;
    };

    app.get(
      '/plays',
      {
        schema: {
          operationId: 'app.listPlays',
          summary: 'What a person watched on which day, newest first. What was watched on no known day is not here',
          tags,
          querystring: DiaryQuery,
          response: { 200: Paged(DiaryPlay), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        const [from, until] = [dayIn('from', query.from), dayIn('until', query.until)];
        const span = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
        const { entries, total } = await diary.page(person.id, span, offsetOf(query));
        const names = new Map<number, string>((await connections.list(person.id)).map((account) => [account.id, account.name]));
        const shown = entries.map(({ id, media, at, how, accountId, event }) => ({
          id,
          title: mediumShape(media),
          at: toIso(at),
          account: accountId === undefined ? null : (names.get(accountId) ?? null),
          how: how ?? null,
          event: event ?? null,
        }));
        return paged(shown, total, query);
      },
    );

    app.get(
      '/library/stats',
      {
        schema: {
          operationId: 'app.getLibraryStats',
          summary: 'What it all comes to, by shelf and list. A title of unknown length counts no minutes',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: StatsShown, '4xx': Problem },
        },
      },
      async (request) => {
        const person = await choice.one(callerOf(request), request.query.person);
        const { movies, shows, anime } = await watchStats.of(person.id);
        return { movies: shelfShape(movies), shows: shelfShape(shows), anime: shelfShape(anime) };
      },
    );

    app.get(
      '/library/stats/steps',
      {
        schema: {
          operationId: 'app.getLibraryChart',
          summary: 'What was played in each of the latest days, months or years of a time zone, oldest first',
          tags,
          querystring: ChartQuery,
          response: { 200: ChartShown, '4xx': Problem },
        },
      },
      async (request) => {
        const { step, count, zone, person: name } = request.query;
        const person = await choice.one(callerOf(request), name);
        const steps = await watchChart.of(person.id, { step, count, zone });
        return {
          step,
          zone,
          steps: steps.map(({ name: of, movies, shows, anime }) => ({
            name: of,
            movies: { ...movies },
            shows: { ...shows },
            anime: { ...anime },
          })),
        };
      },
    );
  };
