import type { AnimeCoordinates, AnimeTitle } from '#core/media/index.ts';
import type { TrackedEpisode, TrackedTitle } from '#core/upstreams/index.ts';
import { isPart } from './facts.ts';
import type { StoredTitle } from './library.store.ts';

/** What a mapping that somebody imported knows of anime; it says nothing where none was. */
export type AnimeParts = Pick<AnimeCoordinates, 'toTvdb' | 'titlesOfSeries'>;

/** `alone`: the title there is all of its series, so that its list and its rating are those of the show. */
export type PlacedTitle = StoredTitle & Readonly<{ alone?: true }>;

/** Ids by which anime sites know a title, the finest first. */
const NATIVE = ['anidb', 'mal', 'anilist', 'kitsu'] as const;

/**
 * Fills in what the tracker left open about seasons of an anime that are one show here: where an episode is, and whether there are other
 * parts at all. Only what a mapping says of exactly one place of the same series counts.
 */
export async function withMapping(anime: AnimeParts, titles: readonly StoredTitle[]): Promise<readonly PlacedTitle[]> {
  const parts = titles.filter(({ seen }) => seen !== undefined && isPart(seen, seen.ids) && nativeOf(seen) !== undefined);
  if (parts.length === 0) return titles;
  const placed = await placesOf(anime, parts);
  const series = await seriesOf(anime, parts);
  return titles.map((title) => {
    const { seen } = title;
    if (seen === undefined || !parts.includes(title)) return title;
    const episodes = seen.episodes.map((episode) => placed.get(episode) ?? episode);
    const isAlone = isOnlyPart(seen, series.get(seen.ids.tvdb ?? '') ?? []);
    return { ...title, seen: { ...seen, episodes }, ...(isAlone && { alone: true }) };
  });
}

function nativeOf({ ids }: Pick<TrackedTitle, 'ids'>): Readonly<{ provider: string; id: string }> | undefined {
  const provider = NATIVE.find((one) => ids[one] !== undefined);
  return provider && { provider, id: ids[provider] ?? '' };
}

/** Episodes whose place the tracker did not tell, with the one that the mapping tells. */
async function placesOf(anime: AnimeParts, parts: readonly StoredTitle[]): Promise<ReadonlyMap<TrackedEpisode, TrackedEpisode>> {
  const asked = parts.flatMap(({ seen }) => {
    const native = seen && nativeOf(seen);
    if (seen === undefined || native === undefined || seen.ids.tvdb === undefined) return [];
    const open = seen.episodes.filter((episode) => episode.aired === undefined && episode.season <= 1);
    return open.map((episode) => ({
      episode,
      tvdb: seen.ids.tvdb,
      native: { ...native, number: episode.number, special: episode.season === 0 },
    }));
  });
  const answers = await anime.toTvdb(asked.map(({ native }) => native));
  return new Map(
    asked.flatMap(({ episode, tvdb }, index) => {
      const places = answers[index];
      const [place, ...others] = Array.isArray(places) ? places : [];
      if (place === undefined || others.length > 0 || place.tvdb !== tvdb) return [];
      return [[episode, { ...episode, aired: { season: place.season, number: place.number } }] as const];
    }),
  );
}

async function seriesOf(anime: AnimeParts, parts: readonly StoredTitle[]): Promise<ReadonlyMap<string, readonly AnimeTitle[]>> {
  const series = new Set(parts.flatMap(({ seen }) => seen?.ids.tvdb ?? []));
  const known: [string, readonly AnimeTitle[]][] = [];
  for (const tvdb of series) known.push([tvdb, await anime.titlesOfSeries(tvdb)]);
  return new Map(known);
}

/** Specials beside it are no other season; a title of which nobody says where it is may be one. */
function isOnlyPart(seen: Pick<TrackedTitle, 'ids'>, series: readonly AnimeTitle[]): boolean {
  const seasons = series.filter(({ seasons: own }) => own.length === 0 || own.some((season) => season > 0));
  const [only] = seasons;
  return (
    only !== undefined &&
    seasons.length === 1 &&
    NATIVE.some((provider) => seen.ids[provider] !== undefined && only.ids[provider] === seen.ids[provider])
  );
}
