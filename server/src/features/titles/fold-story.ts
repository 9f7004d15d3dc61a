import { type Duration, days } from '#kernel/instant.ts';
import type { StoryEntry, StoryPart } from './story-entry.ts';

/** What is further apart is another time, and told by itself. */
const ONE_SPELL: Duration = days(7);

const alike = ({ kind, personId, place, isFuture, detail }: StoryEntry): string =>
  JSON.stringify([
    kind,
    personId ?? 0,
    place?.name ?? '',
    isFuture,
    detail.how ?? '',
    detail.action ?? '',
    detail.outcome ?? '',
    detail.dateUnknown ?? false,
    kind === 'stopped' ? detail.positionMs : 0,
  ]);

const byPlace = (one: StoryPart, other: StoryPart): number =>
  (one.season ?? 0) - (other.season ?? 0) || (one.number ?? 0) - (other.number ?? 0);

/**
 * Pure. Entries of episodes that say the same, a few days apart at most, become one: "6 episodes on Attic, 2 to 9 Feb". Takes and answers the
 * newest first; what is about the title itself is left as it is.
 */
export function foldStory(entries: readonly StoryEntry[], spell: Duration = ONE_SPELL): readonly StoryEntry[] {
  const open = new Map<string, number>();
  const folded: StoryEntry[] = [];
  for (const entry of entries) {
    const key = alike(entry);
    const index = entry.parts.length === 0 ? undefined : open.get(key);
    const head = index === undefined ? undefined : folded[index];
    const start = head?.from ?? head?.at;
    const isNear = start === undefined || entry.at === undefined || start - entry.at <= spell;
    if (head !== undefined && index !== undefined && isNear) {
      folded[index] = join(head, entry);
      continue;
    }
    if (entry.parts.length > 0) open.set(key, folded.length);
    folded.push(entry);
  }
  return folded;
}

/** The newest one's words stand for all of them; its reasons too. */
function join(head: StoryEntry, older: StoryEntry): StoryEntry {
  const parts = new Map([...head.parts, ...older.parts].map((part) => [part.id, part]));
  const { size: _size, path: _path, ...detail } = head.detail;
  return { ...head, detail, parts: [...parts.values()].sort(byPlace), ...(older.at !== undefined && { from: older.at }) };
}
