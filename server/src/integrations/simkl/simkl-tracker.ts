import type { CallOptions, RemoteTracker, TrackedTitle, TrackerNews, TrackerStamps } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { CALLS_PER_DAY, numberOfEntry, PATHS, rowsIn, SHELVES, type Shelf, stampsIn, toReply, toTitle, toWire } from './simkl.map.ts';
import { simklActivities, simklSettings } from './simkl.wire.ts';
import type { SimklCalls } from './simkl-calls.ts';

/** Every watched episode with its day, and where media servers have those of anime. */
const WHOLE = { extended: 'full_anime_seasons', episode_watched_at: 'yes', include_all_episodes: 'yes' };
const STATUSES: Readonly<Record<Shelf, readonly string[]>> = {
  shows: ['watching', 'plantowatch', 'hold', 'completed', 'dropped'],
  anime: ['watching', 'plantowatch', 'hold', 'completed', 'dropped'],
  movies: ['plantowatch', 'completed', 'dropped'],
};

const unreadable = (path: string): AppError =>
  new AppError('upstream-unreadable', `Simkl: ${path} answered in a shape that we cannot read.`);

/** One person's library at Simkl. */
export function createSimklTracker(calls: SimklCalls): RemoteTracker {
  const get = (path: string, options: CallOptions, query: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    calls.json({ method: 'GET', path, query }, options);

  async function rowsOf(path: string, shelf: Shelf, query: Readonly<Record<string, string>>, options: CallOptions) {
    const rows = rowsIn(await get(path, options, query), shelf);
    if (rows === undefined) throw unreadable(path);
    return rows;
  }

  const titlesIn = (rows: readonly unknown[], shelf: Shelf, path: string): readonly TrackedTitle[] =>
    rows.flatMap((raw) => {
      const title = toTitle(raw, shelf);
      // A title that cannot be read would look like one that is gone.
      if (title === undefined) throw unreadable(path);
      return title === 'rewatch' ? [] : [title];
    });

  /** Of one shelf; list by list where it is too large for one answer. */
  async function items(shelf: Shelf, query: Readonly<Record<string, string>>, options: CallOptions): Promise<readonly TrackedTitle[]> {
    const path = `/sync/all-items/${shelf}`;
    try {
      return titlesIn(await rowsOf(path, shelf, { ...WHOLE, ...query }, options), shelf, path);
    } catch (error) {
      if (!isAppError(error) || error.details.said !== 'max_items') throw error;
    }
    const found: TrackedTitle[] = [];
    for (const status of STATUSES[shelf]) {
      const part = `${path}/${status}`;
      found.push(...titlesIn(await rowsOf(part, shelf, { ...WHOLE, ...query }, options), shelf, part));
    }
    return found;
  }

  async function numbersOf(shelf: Shelf, options: CallOptions): Promise<ReadonlySet<number>> {
    const path = `/sync/all-items/${shelf}`;
    const rows = await rowsOf(path, shelf, { extended: 'simkl_ids_only' }, options);
    return new Set(
      rows.map((raw) => {
        const number = numberOfEntry(raw);
        if (number === undefined) throw unreadable(path);
        return number;
      }),
    );
  }

  /** What was only rated is in no other answer. */
  async function ratedSince(shelf: Shelf, from: string, options: CallOptions): Promise<readonly TrackedTitle[]> {
    const path = `/sync/ratings/${shelf}`;
    return titlesIn(await rowsOf(path, shelf, { ...WHOLE, date_from: from }, options), shelf, path);
  }

  async function changedOn(shelf: Shelf, since: TrackerStamps, now: TrackerStamps, options: CallOptions): Promise<readonly TrackedTitle[]> {
    const from = since[`${shelf}.all`];
    if (from === undefined) return items(shelf, {}, options);
    const changed = await items(shelf, { date_from: from }, options);
    const wasRated = now[`${shelf}.rated_at`] !== since[`${shelf}.rated_at`];
    return wasRated ? [...changed, ...(await ratedSince(shelf, from, options))] : changed;
  }

  async function newsOf(since: TrackerStamps, now: TrackerStamps, options: CallOptions): Promise<TrackerNews> {
    const titles = new Map<number, TrackedTitle>();
    const present = new Map<string, ReadonlySet<number>>();
    for (const shelf of SHELVES) {
      const moved = (kind: string): boolean => now[`${shelf}.${kind}`] !== since[`${shelf}.${kind}`];
      if (!moved('all')) continue;
      for (const title of await changedOn(shelf, since, now, options)) titles.set(title.number, title);
      if (moved('removed_from_list')) present.set(shelf, await numbersOf(shelf, options));
    }
    return { whole: false, titles: [...titles.values()], present };
  }

  return {
    async account(options) {
      const answer = await get('/users/settings', options);
      if (!simklSettings.Check(answer)) throw unreadable('/users/settings');
      const plan = answer.account.type?.toLowerCase() ?? 'free';
      return {
        id: String(answer.account.id),
        name: answer.user?.name ?? `account ${answer.account.id}`,
        plan,
        callsPerDay: CALLS_PER_DAY[plan] ?? CALLS_PER_DAY.free ?? 0,
      };
    },

    async stamps(options) {
      const answer = await get('/sync/activities', options);
      if (!isRecord(answer) || !simklActivities.Check(answer)) throw unreadable('/sync/activities');
      return stampsIn(answer);
    },

    async news(since, now, options) {
      if (since !== undefined) return newsOf(since, now, options);
      const titles: TrackedTitle[] = [];
      for (const shelf of SHELVES) titles.push(...(await items(shelf, {}, options)));
      return { whole: true, titles, present: new Map() };
    },

    async send(verb, items, options) {
      const path = PATHS[verb];
      const own = { movies: items.filter(({ kind }) => kind === 'movie'), shows: items.filter(({ kind }) => kind === 'show') };
      const body = Object.fromEntries(
        Object.entries(own).flatMap(([shelf, some]) => (some.length === 0 ? [] : [[shelf, some.map((item) => toWire(verb, item))]])),
      );
      const reply = toReply(await calls.json({ method: 'POST', path, body }, options), verb, items);
      if (reply === undefined) throw unreadable(path);
      return reply;
    },
  };
}
