import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { fromIso, type Instant } from '#kernel/instant.ts';
import { isRecord, recordsIn } from '#kernel/json.ts';
import type { FakeWorld } from './simkl-reads.fake.ts';
import type { FakeSimklTitle, FakeSlot } from './simkl-world.fake.ts';

type Item = Readonly<Record<string, unknown>>;
type Named = Readonly<{ item: Item; title: FakeSimklTitle | undefined; shelf: 'movies' | 'shows' }>;

const created = (body: object): MoodyReply => ({ status: 201, body });

/** What is written to a library; undefined for paths that there are not. */
export function answerWrite(world: FakeWorld, { path, body }: MoodyRequest): MoodyReply | undefined {
  const told = isRecord(body) ? body : {};
  const named = (['movies', 'shows', 'anime'] as const).flatMap((key) =>
    recordsIn(told[key]).map((item): Named => ({ item, title: meant(world, item, key), shelf: key === 'movies' ? 'movies' : 'shows' })),
  );
  switch (path) {
    case '/sync/history':
      return history(world, named);
    case '/sync/history/remove':
      return removal(world, named);
    case '/sync/add-to-list':
      return lists(world, named);
    case '/sync/ratings':
      return ratings(world, named);
    case '/sync/ratings/remove':
      for (const { title } of named) if (title) world.user.library.unrate(title);
      return created({ deleted: { movies: 0, shows: named.filter(({ title }) => title).length }, not_found: lost(named) });
    default:
      return undefined;
  }
}

/** By its own number, by any other id, by title and year. */
function meant({ titles }: FakeWorld, item: Item, key: string): FakeSimklTitle | undefined {
  const kinds = key === 'movies' ? ['movie', 'anime'] : ['show', 'anime'];
  const ids = isRecord(item.ids) ? item.ids : {};
  const fitting = titles.filter((title) => kinds.includes(title.kind));
  const wants = item.use_tvdb_anime_seasons === true ? undefined : fitting.find((title) => title.number === Number(ids.simkl));
  return (
    wants ??
    fitting.find((title) =>
      Object.entries(title.ids).some(([provider, value]) => ids[provider] !== undefined && String(ids[provider]) === value),
    ) ??
    fitting.find((title) => title.title === item.title && title.year === Number(item.year))
  );
}

const lost = (named: readonly Named[], also: readonly Named[] = []): object => ({
  movies: [...named.filter((one) => !one.title && one.shelf === 'movies'), ...also.filter((one) => one.shelf === 'movies')].map(
    ({ item }) => item,
  ),
  shows: [...named.filter((one) => !one.title && one.shelf === 'shows'), ...also.filter((one) => one.shelf === 'shows')].map(
    ({ item }) => item,
  ),
  episodes: [],
});

type Wanted = Readonly<{ season: number; number: number; at: Instant | null }>;

const dayIn = (value: unknown, now: Instant): Instant | null => {
  const at = typeof value === 'string' ? fromIso(value.replace(' ', 'T')) : undefined;
  if (at === undefined) return typeof value === 'string' ? null : now;
  return at < Date.UTC(2000, 0, 1) ? null : at;
};

const wantedIn = (item: Item, now: Instant): readonly Wanted[] =>
  recordsIn(item.seasons).flatMap((season) =>
    recordsIn(season.episodes).map((episode) => ({
      season: Number(season.number),
      number: Number(episode.number),
      at: dayIn(episode.watched_at ?? season.watched_at ?? item.watched_at, now),
    })),
  );

/** Anime may be asked for by the numbers of the western releases, and then each season is a title of its own. */
function placeOf(world: FakeWorld, { item, title }: Named, wanted: Wanted): readonly [FakeSimklTitle, FakeSlot] | undefined {
  const western = item.use_tvdb_anime_seasons === true && title?.kind === 'anime';
  const among = western ? world.titles.filter((one) => one.kind === 'anime' && one.ids.tvdb === title.ids.tvdb) : title ? [title] : [];
  for (const one of among) {
    const slot = (one.episodes ?? []).find(({ season, number, tvdb }) =>
      western ? tvdb?.season === wanted.season && tvdb.episode === wanted.number : season === wanted.season && number === wanted.number,
    );
    if (slot) return [one, slot];
  }
  return undefined;
}

function history(world: FakeWorld, named: readonly Named[]): MoodyReply {
  const { library } = world.user;
  const now = world.clock.now();
  const added = { movies: 0, shows: 0, episodes: 0 };
  const missing: Named[] = [];
  for (const one of named) {
    const { title, item } = one;
    if (!title) continue;
    if (one.shelf === 'movies') {
      added.movies += library.watch(title, [{ at: dayIn(item.watched_at, now) }]).titles;
      continue;
    }
    const gone: Wanted[] = [];
    for (const wanted of wantedIn(item, now)) {
      const place = placeOf(world, one, wanted);
      if (!place) {
        gone.push(wanted);
        continue;
      }
      const fresh = library.watch(place[0], [{ slot: place[1], at: wanted.at }]);
      added.shows += fresh.titles;
      added.episodes += fresh.episodes;
    }
    if (gone.length > 0) missing.push({ ...one, item: { ...item, seasons: seasonsOf(gone) } });
  }
  return created({ added: { ...added, statuses: [] }, not_found: lost(named, missing) });
}

const seasonsOf = (wanted: readonly Wanted[]): readonly object[] =>
  [...Map.groupBy(wanted, ({ season }) => season)].map(([number, own]) => ({
    number,
    episodes: own.map((one) => ({ number: one.number })),
  }));

function removal({ user, clock }: FakeWorld, named: readonly Named[]): MoodyReply {
  const deleted = { movies: 0, shows: 0, episodes: 0 };
  for (const { item, title, shelf } of named) {
    if (!title) continue;
    if (item.seasons === undefined) {
      if (user.library.remove(title)) deleted[shelf] += 1;
      continue;
    }
    deleted.episodes += user.library.unwatch(title, wantedIn(item, clock.now()));
  }
  return created({ deleted, not_found: lost(named) });
}

const WORDS: ReadonlySet<string> = new Set(['watching', 'plantowatch', 'hold', 'dropped', 'completed']);

function lists({ user }: FakeWorld, named: readonly Named[]): MoodyReply {
  if (named.some(({ item }) => item.to === undefined))
    return { status: 400, body: { error: 'empty_field', code: 400, message: 'Missed "to" parameter' } };
  if (named.some(({ item }) => !WORDS.has(String(item.to)))) return { status: 400, body: { error: 'wrong_parameter', code: 400 } };
  const put = named.flatMap(({ item, title, shelf }) =>
    title
      ? [{ shelf, echo: { ...item, to: user.library.list(title, String(item.to)), type: title.kind === 'movie' ? 'movie' : 'show' } }]
      : [],
  );
  const of = (shelf: string): readonly object[] => put.filter((one) => one.shelf === shelf).map(({ echo }) => echo);
  return created({ added: { movies: of('movies'), shows: of('shows') }, not_found: lost(named) });
}

function ratings({ user, clock }: FakeWorld, named: readonly Named[]): MoodyReply {
  const isSound = ({ item }: Named): boolean => Number.isInteger(item.rating) && Number(item.rating) >= 1 && Number(item.rating) <= 10;
  for (const one of named) {
    if (one.title && isSound(one))
      user.library.rate(one.title, Number(one.item.rating), dayIn(one.item.rated_at, clock.now()) ?? clock.now());
  }
  const unsound = named.filter((one) => one.title && !isSound(one));
  return created({ added: { movies: 0, shows: named.length, statuses: [] }, not_found: lost(named, unsound) });
}
