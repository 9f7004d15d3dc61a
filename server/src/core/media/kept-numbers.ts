/** The largest that every database keeps in a column of whole numbers. */
const MOST = 2_147_483_647;

const isKept = (number: number | undefined): boolean => number === undefined || (Number.isInteger(number) && Math.abs(number) <= MOST);

type Numbered = Readonly<{
  year?: number;
  season?: number;
  episode?: number;
  episodes?: readonly number[];
  show?: Readonly<{ year?: number }>;
}>;

/**
 * A title without those of its numbers that no database keeps, such as a time in place of a number: one odd item is not to stop all that is
 * told with it. Most titles are handed back as they came.
 */
export function withKeptNumbers<Told extends Numbered>(told: Told): Told {
  const { year, season, episode, episodes, show } = told;
  // Every item of every library comes by here.
  if (isKept(year) && isKept(season) && isKept(episode) && isKept(show?.year) && episodes?.every(isKept) !== false) return told;
  const left = new Set([
    ...(['year', 'season', 'episode'] as const).filter((name) => !isKept(told[name])),
    ...(episodes?.every(isKept) === false ? ['episodes'] : []),
  ]);
  const kept = Object.fromEntries(Object.entries(told).filter(([name]) => !left.has(name))) as Told;
  if (show === undefined || isKept(show.year)) return kept;
  const { year: _, ...named } = show;
  return { ...kept, show: named };
}
