import type { Activities, LibraryType, StampKind, Tracker } from '#features/tracker/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { wordOfList } from './list-words.ts';
import { callerOf, type SimklApp } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';
import { secondsOf } from './told-title.ts';

export type ActivityRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'activities'> }>;

/** A movie is never being watched, and never on hold: those members are not there. */
const SHOW_KINDS: readonly StampKind[] = [
  'rated_at',
  'playback',
  'plantowatch',
  'watching',
  'completed',
  'hold',
  'dropped',
  'removed_from_list',
];
const MOVIE_KINDS: readonly StampKind[] = SHOW_KINDS.filter((kind) => kind !== 'watching' && kind !== 'hold');

const shown = (at: Instant | undefined): string | null => (at === undefined ? null : secondsOf(at));

/** When what last changed, for the app's own dialect. */
export function activitiesShape(activities: Activities, app: Pick<SimklApp, 'dialect'>): JsonObject {
  const shelf = (type: LibraryType, kinds: readonly StampKind[]): JsonObject => {
    const { all, kinds: days } = activities.shelves[type];
    const members = kinds.map((kind) => [kind === 'dropped' ? wordOfList(kind, app) : kind, shown(days[kind])] as const);
    return { all: shown(all), ...Object.fromEntries(members) };
  };
  return {
    all: secondsOf(activities.all),
    settings: { all: shown(activities.settings) },
    tv_shows: shelf('shows', SHOW_KINDS),
    anime: shelf('anime', SHOW_KINDS),
    movies: shelf('movies', MOVIE_KINDS),
    custom_lists: { lists: { all: null, regular: null, favorites: null, recommendations: null, auto: null } },
  };
}

/** Whether anything is new: what apps ask before they ask for anything else. */
export function activityRoutes(app: SimklScope, { tracker }: ActivityRoutesDeps): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/sync/activities',
    schema: { operationId: 'simkl.activities', summary: 'When what last changed', tags: ['simkl/sync'] },
    handler: async (request) => {
      const caller = callerOf(request);
      return activitiesShape(await tracker.activities(caller.personId), caller.app);
    },
  });
}
