import type { NamedPlay } from '#features/scrobbling/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { namedEpisode, namedInItem } from './told-title.ts';

const KEYS = ['movie', 'show', 'anime'] as const;

/** Exactly one of `movie`, `show` and `anime`; the episode stands beside it, or in it. Throws `invalid` naming the field. */
export function namedPlay(body: unknown): NamedPlay {
  const given = isRecord(body) ? body : {};
  const told = KEYS.filter((key) => given[key] !== undefined && given[key] !== null);
  const [key] = told;
  if (key === undefined) throw invalid('movie', 'is missing');
  if (told.length > 1) throw invalid(told[1] ?? key, `cannot be told beside ${key}.`);
  const item = given[key];
  if (!isRecord(item)) throw invalid(key, 'must be an object.');
  const named = namedInItem(item);
  if (key === 'movie') return { title: { kind: 'movie', ...named } };
  const episode = namedEpisode(given.episode ?? item.episode);
  if (key === 'show') return { title: { kind: 'show', ...named }, ...(episode && { episode }) };
  // An anime without an episode is a movie, or nobody can tell what was played. Its episodes begin at 1 in each of its titles.
  const native = episode !== undefined && (episode.season ?? 1) <= 1;
  return { title: { kind: 'any', madeAs: episode ? 'show' : 'movie', ...named }, ...(episode && { episode }), ...(native && { native }) };
}

/** In percent, of at most two decimals. Throws `invalid` where it is missing or none. */
export function progressIn(body: unknown, optional: boolean): number {
  const told = isRecord(body) ? body.progress : undefined;
  if (told === undefined || told === null || told === '') {
    if (optional) return 0;
    throw invalid('progress', 'is missing');
  }
  const progress =
    typeof told === 'number' || (typeof told === 'string' && /^\d{1,3}(?:\.\d{1,20})?$/.test(told.trim())) ? Number(told) : Number.NaN;
  if (!(progress >= 0 && progress <= 100)) throw invalid('progress', 'must be from 0 to 100.');
  return Math.round(progress * 100) / 100;
}
