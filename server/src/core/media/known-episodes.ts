import type { MediaId } from '#kernel/ids.ts';
import { dayOf } from './fold-facts.ts';
import type { KnownEpisode, KnownEpisodes } from './title-fact.ts';

/** A number under which servers, or somebody who named it, have an episode. */
export type HeldEpisode = Readonly<{
  mediaId: MediaId;
  season: number;
  number: number;
  title: string;
  /** The number that the title was made with. */
  own: boolean;
  airedOn?: string;
  runtimeMs?: number;
}>;

export type ListedEpisode = Readonly<{ season: number; number: number; title?: string; airedOn?: string; runtimeMs?: number }>;
export type EpisodeList = Readonly<{ complete: boolean; episodes: readonly ListedEpisode[] }>;

const slotOf = ({ season, number }: Readonly<{ season: number; number: number }>): number => season * 100_000 + number;

/**
 * The episodes that servers have and those that a source lists, as one list. Servers number some episodes differently from each other: such
 * an episode stands under the number that the list has, else under its own, else under the lowest, so that nobody has to watch it twice.
 */
export function listKnownEpisodes(held: readonly HeldEpisode[], list: EpisodeList | undefined): KnownEpisodes {
  const listed = new Map((list?.episodes ?? []).map((episode) => [slotOf(episode), episode]));
  const rank = (episode: HeldEpisode): number => (listed.has(slotOf(episode)) ? 0 : episode.own ? 1 : 2);
  const known = new Map<number, KnownEpisode>();
  const placed = new Set<MediaId>();
  const inOrder = held.toSorted((one, other) => rank(one) - rank(other) || slotOf(one) - slotOf(other) || one.mediaId - other.mediaId);
  for (const episode of inOrder) {
    const slot = slotOf(episode);
    if (placed.has(episode.mediaId) || known.has(slot)) continue;
    placed.add(episode.mediaId);
    known.set(slot, episodeOf(episode, listed.get(slot)));
  }
  for (const [slot, episode] of listed) if (!known.has(slot)) known.set(slot, episodeOf(undefined, episode));
  const episodes = [...known].sort(([one], [other]) => one - other).map(([, episode]) => episode);
  return { complete: list?.complete ?? false, episodes };
}

function episodeOf(held: HeldEpisode | undefined, listed: ListedEpisode | undefined): KnownEpisode {
  const { season = 0, number = 0 } = held ?? listed ?? {};
  const title = held?.title || listed?.title;
  const airedAt = dayOf(held?.airedOn) ?? dayOf(listed?.airedOn);
  const runtimeMs = held?.runtimeMs ?? listed?.runtimeMs;
  return {
    ...(held && { mediaId: held.mediaId }),
    season,
    number,
    ...(title !== undefined && { title }),
    ...(airedAt !== undefined && { airedAt }),
    ...(runtimeMs !== undefined && { runtimeMs }),
  };
}
