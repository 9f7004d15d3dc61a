import type { Media } from '#core/media/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { type Instant, toUnix } from '#kernel/instant.ts';
import type { SaidItem } from './upkeep.store.ts';

/** One title of a portable backup, as WatchState writes and reads it. `updated` in seconds, `progress` in milliseconds. */
export type PortableItem = Readonly<{
  type: 'movie' | 'episode';
  watched: 0 | 1;
  updated: number;
  show?: string;
  title: string;
  season?: number;
  episode?: number;
  year?: number;
  guids: Readonly<Record<string, string>>;
  parent?: Readonly<Record<string, string>>;
  progress?: number;
}>;

const guidsOf = (ids: ExternalIds): Record<string, string> =>
  Object.fromEntries(Object.entries(ids).map(([provider, value]) => [`guid_${provider}`, value]));

/** Where somebody stands with a title, whoever says so. */
type Standing = Readonly<{ watched: boolean; at: Instant; positionMs: number }>;

/** Undefined where nobody could tell what it is when it is read back. */
export function portableItem({ watched, at, positionMs }: Standing, media: Media): PortableItem | undefined {
  const { kind, title, year, season, episode, show, ids } = media;
  if (kind !== 'movie' && kind !== 'episode') return undefined;
  const guids = guidsOf(ids);
  const parent = kind === 'episode' ? guidsOf(show?.ids ?? {}) : {};
  const numbered = Object.keys(parent).length > 0 && season !== undefined && episode !== undefined;
  if (Object.keys(guids).length === 0 && !numbered) return undefined;
  const shownYear = year ?? show?.year;
  return {
    type: kind,
    watched: watched ? 1 : 0,
    updated: toUnix(at),
    ...(kind === 'episode' && show && { show: show.title }),
    title,
    ...(kind === 'episode' && season !== undefined && { season }),
    ...(kind === 'episode' && episode !== undefined && { episode }),
    ...(shownYear !== undefined && { year: shownYear }),
    guids,
    ...(kind === 'episode' && Object.keys(parent).length > 0 && { parent }),
    ...(!watched && positionMs > 0 && { progress: positionMs }),
  };
}

/** A file of several episodes becomes an entry for each of them. */
export const portableItems = ({ played, at, positionMs, media }: SaidItem): readonly (PortableItem | undefined)[] =>
  media.map((one) => portableItem({ watched: played, at, positionMs }, one));
