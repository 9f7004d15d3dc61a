import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Database } from './anime-mapping.schema.store.ts';
import { createAnimeMappingStore, keyOf, type StoredAnime } from './anime-mapping.store.ts';
import { type AnimeMapping, boundSpans, type MappedAnime } from './anime-mapping.ts';
import { type NativeNumber, nativeNumbersOf, type TvdbNumber, tvdbNumbersOf } from './anime-places.ts';
import { hash } from './fingerprint.ts';

/** An episode as anime sites number it: of the title with this id of that site. */
export type NativeEpisode = Readonly<{ provider: string; id: string; number: number; special?: boolean }>;
/** An episode as TVDB numbers it. */
export type TvdbEpisode = TvdbNumber & Readonly<{ tvdb: string }>;

/** A title as anime sites know it, out of all mappings that are loaded. */
export type AnimeTitle = Readonly<{
  ids: ExternalIds;
  title?: string;
  kind?: string;
  tvdb?: string;
  /** Seasons of TVDB that episodes of it are in, specials included. */
  seasons: readonly number[];
}>;

/** `unmapped`: the mapping does not say, or says more than one thing. `no-mapping`: none is loaded, so that nothing can be said at all. */
export type Coordinates<Place> = readonly Place[] | 'unmapped' | 'no-mapping';
export type NativePlace = NativeNumber & Readonly<{ ids: ExternalIds; title?: string; kind?: string }>;

export type LoadedMapping = Readonly<{ format: string; entries: number; spans: number; importedAt: Instant }>;

/** What an import does, or would do: entries by their ids on anime sites. */
export type MappingReport = Readonly<{
  format: string;
  entries: number;
  /** Entries that say where episodes of theirs are by TVDB. */
  placed: number;
  spans: number;
  ids: Readonly<Record<string, number>>;
  added: number;
  removed: number;
  changed: number;
  /** The same as what is loaded: nothing is written. */
  unchanged: boolean;
}>;

export type AnimeCoordinatesDeps = Readonly<{ database: Database; clock: Clock }>;
export type AnimeCoordinates = ReturnType<typeof createAnimeCoordinates>;

/** Where episodes of anime are in the two numberings, as far as a mapping that somebody imported says so. Nothing is guessed. */
export function createAnimeCoordinates({ database, clock }: AnimeCoordinatesDeps) {
  const store = createAnimeMappingStore(database);

  async function titlesBehind(keys: readonly Readonly<{ format: string; number: number }>[]): Promise<readonly Title[]> {
    const found = await store.entries(keys);
    const known = new Set(found.map(keyOf));
    const shared = found.flatMap((entry) => (entry.ids.anidb === undefined ? [] : [['anidb', entry.ids.anidb] as const]));
    const others = (await store.byIds(shared)).filter((key) => !known.has(keyOf(key)));
    const all = [...found, ...(await store.entries(others))];
    const groups = Map.groupBy(all, (entry) => (entry.ids.anidb === undefined ? keyOf(entry) : `anidb ${entry.ids.anidb}`));
    return [...groups.values()].map(joined);
  }

  const isLoaded = async (): Promise<boolean> => (await store.loaded()).length > 0;

  async function titlesByIds(ids: readonly (readonly [string, string])[]): Promise<(provider: string, id: string) => Title | undefined> {
    const titles = await titlesBehind(await store.byIds(ids));
    const byId = Map.groupBy(
      titles.flatMap((title) => Object.entries(title.ids).map(([provider, value]) => [`${provider} ${value}`, title] as const)),
      ([key]) => key,
    );
    // An id that two titles have says of neither where its episodes are.
    return (provider, id) => {
      const having = byId.get(`${provider} ${id}`) ?? [];
      return having.length === 1 ? having[0]?.[1] : undefined;
    };
  }

  return {
    /** In the order asked. Several places: the native episode is several of TVDB. */
    async toTvdb(asked: readonly NativeEpisode[]): Promise<readonly Coordinates<TvdbEpisode>[]> {
      if (!(await isLoaded())) return asked.map(() => 'no-mapping');
      const titleOf = await titlesByIds(asked.map(({ provider, id }) => [provider, id]));
      return asked.map(({ provider, id, number, special = false }) => {
        const title = titleOf(provider, id);
        const tvdb = title?.tvdb;
        if (title === undefined || tvdb === undefined) return 'unmapped';
        const places = tvdbNumbersOf(title, { special, number });
        return places.length === 0 ? 'unmapped' : places.map((place) => ({ tvdb, ...place }));
      });
    },

    /** In the order asked. Several places: the episode of TVDB is several of one native title. */
    async toNative(asked: readonly TvdbEpisode[]): Promise<readonly Coordinates<NativePlace>[]> {
      if (!(await isLoaded())) return asked.map(() => 'no-mapping');
      const titles = Map.groupBy(await titlesBehind(await store.bySeries([...new Set(asked.map(({ tvdb }) => tvdb))])), ({ tvdb }) => tvdb);
      return asked.map(({ tvdb, season, number }) => nativePlacesAmong(titles.get(tvdb) ?? [], { season, number }) ?? 'unmapped');
    },

    /** What is known of native titles; undefined where no mapping has one of that id, or several have. */
    async titlesOf(ids: readonly Readonly<{ provider: string; id: string }>[]): Promise<readonly (AnimeTitle | undefined)[]> {
      const titleOf = await titlesByIds(ids.map(({ provider, id }) => [provider, id]));
      return ids.map(({ provider, id }) => {
        const title = titleOf(provider, id);
        return title && shown(title);
      });
    },

    /** All native titles that are parts of a series of TVDB. */
    async titlesOfSeries(tvdb: string): Promise<readonly AnimeTitle[]> {
      const titles = await titlesBehind(await store.bySeries([tvdb]));
      return titles.filter((title) => title.tvdb === tvdb).map(shown);
    },

    async loaded(): Promise<readonly LoadedMapping[]> {
      return (await store.loaded()).map(({ digest: _digest, ...rest }) => rest);
    },

    /** Takes the place of all that was loaded in the same format. With `apply` false it only tells what it would do. */
    async take(mapping: AnimeMapping, { apply }: Readonly<{ apply: boolean }>): Promise<MappingReport> {
      const entries = boundSpans(mapping.entries);
      const digest = hash(JSON.stringify(entries));
      return database.transaction(async (handle) => {
        const mappings = createAnimeMappingStore(handle);
        const before = (await mappings.loaded()).find((one) => one.format === mapping.format);
        const unchanged = before?.digest === digest;
        const known = before === undefined || unchanged ? [] : await mappings.entries(mapping.format);
        if (apply && !unchanged) await mappings.replace({ ...mapping, entries }, digest, clock.now());
        return { ...countsOf(mapping.format, entries), ...differenceOf(known, unchanged ? [] : entries), unchanged };
      });
    },

    /** False where nothing was loaded in that format. */
    async forget(format: string): Promise<boolean> {
      return database.transaction(async (handle) => {
        const mappings = createAnimeMappingStore(handle);
        const isThere = (await mappings.loaded()).some((one) => one.format === format);
        await mappings.drop(format);
        return isThere;
      });
    },
  };
}

type Title = MappedAnime;

/** One title out of what several mappings say of it. Where two of them place episodes, the one that does so one by one is followed. */
function joined(entries: readonly StoredAnime[]): Title {
  const finest = entries.toSorted(
    (one, other) => finenessOf(one) - finenessOf(other) || other.spans.length - one.spans.length || (one.format < other.format ? -1 : 1),
  );
  const [placing] = finest.filter((entry) => entry.tvdb !== undefined);
  const title = finest.find((entry) => entry.title !== undefined)?.title;
  const kind = finest.find((entry) => entry.kind !== undefined)?.kind;
  return {
    ids: Object.assign({}, ...finest.toReversed().map(({ ids }) => ids)),
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
    ...(placing?.tvdb !== undefined && { tvdb: placing.tvdb }),
    spans: placing?.spans ?? [],
  };
}

const finenessOf = ({ spans }: MappedAnime): number => Math.min(3, ...spans.map((span) => span.rank));

/** Undefined where none of the titles has it, or two of them alike. */
function nativePlacesAmong(titles: readonly Title[], tvdb: TvdbNumber): readonly NativePlace[] | undefined {
  const found = titles.flatMap((title) => {
    const numbers = nativeNumbersOf(title, tvdb);
    return numbers.length === 0 ? [] : [{ title, numbers, rank: Math.min(...numbers.map((one) => one.rank)) }];
  });
  const rank = Math.min(...found.map((one) => one.rank));
  const best = found.filter((one) => one.rank === rank);
  const series = best.filter(({ title }) => title.kind === 'tv');
  const [only] = best.length > 1 && series.length === 1 ? series : best;
  if (only === undefined || (best.length > 1 && series.length !== 1)) return undefined;
  const { ids, title, kind } = only.title;
  return only.numbers.map(({ special, number }) => ({
    special,
    number,
    ids,
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
  }));
}

const shown = ({ spans, ...title }: Title): AnimeTitle => ({
  ...title,
  seasons: [...new Set(spans.filter((span) => span.shift !== 'nowhere').map((span) => span.season))].sort((one, other) => one - other),
});

function countsOf(format: string, entries: readonly MappedAnime[]): Pick<MappingReport, 'format' | 'entries' | 'placed' | 'spans' | 'ids'> {
  const ids: Record<string, number> = {};
  for (const entry of entries) for (const provider of Object.keys(entry.ids)) ids[provider] = (ids[provider] ?? 0) + 1;
  return {
    format,
    entries: entries.length,
    placed: entries.filter((entry) => entry.tvdb !== undefined && entry.spans.length > 0).length,
    spans: entries.reduce((sum, entry) => sum + entry.spans.length, 0),
    ids,
  };
}

/** An entry is the same title as before where it has the same ids. */
function differenceOf(before: readonly StoredAnime[], after: readonly MappedAnime[]): Pick<MappingReport, 'added' | 'removed' | 'changed'> {
  const nameOf = ({ ids }: MappedAnime): string => {
    const [provider, value] = Object.entries(ids).sort(([one], [other]) => (one < other ? -1 : 1))[0] ?? ['', ''];
    return `${provider} ${value}`;
  };
  const textOf = ({ ids, title, kind, tvdb, spans }: MappedAnime): string =>
    JSON.stringify([Object.entries(ids).sort(), title, kind, tvdb, spans.map((span) => Object.entries(span).sort())]);
  const was = new Map(before.map((entry) => [nameOf(entry), textOf(entry)]));
  const is = new Map(after.map((entry) => [nameOf(entry), textOf(entry)]));
  return {
    added: [...is.keys()].filter((name) => !was.has(name)).length,
    removed: [...was.keys()].filter((name) => !is.has(name)).length,
    changed: [...is].filter(([name, text]) => was.has(name) && was.get(name) !== text).length,
  };
}
