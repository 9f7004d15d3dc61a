import { describe, expect, it } from 'vitest';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { days, hours } from '#kernel/instant.ts';
import { foldStory } from './fold-story.ts';
import type { StoryEntry, StoryKind } from './story-entry.ts';

const START = Date.parse('2026-02-09T20:00:00Z');
const KIM = personId(2);

const entry = (kind: StoryKind, episode: number | undefined, at: number, more: Partial<StoryEntry> = {}): StoryEntry => ({
  id: `${kind}-${episode ?? 'title'}-${at}`,
  kind,
  at,
  isFuture: false,
  isOurs: false,
  personId: KIM,
  place: { name: 'Attic', type: 'jellyfin' },
  parts: episode === undefined ? [] : [{ id: mediaId(episode) as MediaId, season: 1, number: episode, title: `Part ${episode}` }],
  detail: { how: 'webhook' },
  why: { rule: 'a rule', facts: [], askedBy: 'nobody' },
  ...more,
});
const told = (entries: readonly StoryEntry[]) =>
  foldStory(entries).map((one) => [one.kind, one.parts.map((part) => part.number), one.from === undefined ? undefined : START - one.from]);

describe('a story is folded', () => {
  it('where the same is told of one episode after the other', () => {
    const nights = [6, 5, 4, 3, 2, 1].map((episode) => entry('watched', episode, START - days(6 - episode)));
    expect(told(nights)).toEqual([['watched', [1, 2, 3, 4, 5, 6], days(5)]]);
  });

  it('across what happened in between', () => {
    const both = [3, 2, 1].flatMap((episode) => {
      const at = START - days(3 - episode);
      return [entry('told', episode, at + 1, { isOurs: true }), entry('watched', episode, at)];
    });
    expect(told(both)).toEqual([
      ['told', [1, 2, 3], days(2) - 1],
      ['watched', [1, 2, 3], days(2)],
    ]);
  });

  it.each([
    ['more than a week lies between them', entry('watched', 1, START - days(9))],
    ['another person did it', entry('watched', 1, START - hours(1), { personId: personId(3) })],
    ['it was elsewhere', entry('watched', 1, START - hours(1), { place: { name: 'Cabin', type: 'emby' } })],
    ['it was learned otherwise', entry('watched', 1, START - hours(1), { detail: { how: 'import' } })],
    ['it came to something else', entry('watched', 1, START - hours(1), { detail: { how: 'webhook', outcome: 'failed' } })],
    ['it is another thing', entry('unwatched', 1, START - hours(1))],
  ])('but not where %s', (_why, other) => {
    expect(foldStory([entry('watched', 2, START), other])).toHaveLength(2);
  });

  it('never where it is about the title itself', () => {
    expect(foldStory([entry('watched', undefined, START), entry('watched', undefined, START - hours(3))])).toHaveLength(2);
  });

  it('and an episode that was watched twice in a week is named once', () => {
    expect(told([entry('watched', 1, START), entry('watched', 1, START - days(1))])).toEqual([['watched', [1], days(1)]]);
  });
});
