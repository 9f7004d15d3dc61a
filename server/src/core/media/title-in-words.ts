import type { Media } from './describe.store.ts';

/** For people: `Alpha (1999)`, `Die Brücke S01E02`. */
export function titleInWords({ title, year, show, season, episode }: Media): string {
  if (season === undefined && episode === undefined) return year === undefined ? title : `${title} (${year})`;
  const two = (number: number | undefined): string => String(number ?? 0).padStart(2, '0');
  return `${show?.title ?? title} S${two(season)}E${two(episode)}`;
}
