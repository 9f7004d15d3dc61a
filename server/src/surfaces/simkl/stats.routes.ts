import { Type } from '@fastify/type-provider-typebox';
import type { WatchStatsDesk } from '#features/watch-stats/index.ts';
import { callerOf } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';
import { emptyStatsOf, statsOf } from './stats.shape.ts';
import { wholeNumber } from './told-title.ts';

export type StatsRoutesDeps = Readonly<{ watchStats: WatchStatsDesk }>;

/** What a person's watching comes to. Nobody is told another's figures: to everybody else they are those of nobody. */
export function statsRoutes(app: SimklScope, { watchStats }: StatsRoutesDeps): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/users/:id/stats',
    schema: {
      operationId: 'simkl.userStats',
      summary: 'What the person’s watching comes to',
      tags: ['simkl/users'],
      params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
    },
    handler: async (request) => {
      const { personId, app: from } = callerOf(request);
      if (wholeNumber(request.params.id) !== personId) return emptyStatsOf(from.dialect);
      return statsOf(await watchStats.of(personId), from.dialect);
    },
  });
}
