import type { Media } from '#core/media/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { toUnix } from '#kernel/instant.ts';
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

function portable(said: SaidItem, media: Media): PortableItem | undefined {
  const { kind, title, year, season, episode, show, ids } = media;
  if (kind !== 'movie' && kind !== 'episode') return undefined;
  const guids = guidsOf(ids);
  const parent = guidsOf(show?.ids ?? {});
  // Nobody could tell what such a title is when it is read back.
  if (Object.keys(guids).length === 0 && Object.keys(parent).length === 0) return undefined;
  const shownYear = year ?? show?.year;
  return {
    type: kind,
    watched: said.played ? 1 : 0,
    updated: toUnix(said.at),
    ...(kind === 'episode' && show && { show: show.title }),
    title,
    ...(kind === 'episode' && season !== undefined && { season }),
    ...(kind === 'episode' && episode !== undefined && { episode }),
    ...(shownYear !== undefined && { year: shownYear }),
    guids,
    ...(kind === 'episode' && Object.keys(parent).length > 0 && { parent }),
    ...(!said.played && said.positionMs > 0 && { progress: said.positionMs }),
  };
}

/** A file of several episodes becomes an entry for each of them. */
export const portableItems = (said: SaidItem): readonly PortableItem[] => said.media.flatMap((media) => portable(said, media) ?? []);
