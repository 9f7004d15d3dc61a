import type { Instant } from '#kernel/instant.ts';
import type { StoryEntry, WhyFact } from './story-entry.ts';
import { partsFor, placeOf, type StoryFacts, type ToldChange } from './story-facts.ts';

const RULES = {
  mark: 'What a person has watched on one place counts on all of their places.',
  unmark: 'A mark that a person has taken away is taken away on all of their places.',
  position: 'A person goes on from where they stopped, on all of their places.',
} as const;

const DONE = {
  confirmed: 'confirmed by reading back',
  failed: 'refused',
  unconfirmed: 'nobody can tell whether it took place',
  intended: 'sent, and not answered yet',
} as const;

const minutesIn = (ms: number): string => `${Math.round(ms / 60_000)} min`;
const wordsOf = ({ watched, positionMs }: ToldChange['before']): string =>
  watched ? 'watched' : positionMs > 0 ? `stopped at ${minutesIn(positionMs)}` : 'not watched';

/** What Usherr changed on servers. */
export function toldChanges(facts: StoryFacts): readonly StoryEntry[] {
  const copies = new Map(facts.copies.map((copy) => [copy.id as number, copy]));
  return facts.told.map((change, index): StoryEntry => {
    const { account, action, before, state, at, finishedAt, fault, positionMs } = change;
    const place = placeOf(account);
    const outcome: WhyFact = {
      place: place.name,
      value: fault === undefined ? DONE[state] : `${DONE[state]}: ${fault}`,
      how: 'the answer of the server',
      ...(finishedAt !== undefined && { at: finishedAt }),
    };
    return {
      id: `told-${account.id}-${change.copyId}-${at}-${index}`,
      kind: 'told',
      at,
      isFuture: false,
      isOurs: true,
      personId: account.personId,
      place,
      parts: partsFor(facts, copies.get(change.copyId)?.mediaIds ?? []),
      detail: {
        action,
        before,
        outcome: state,
        ...(positionMs !== undefined && { positionMs }),
        ...(fault !== undefined && { fault }),
        ...(finishedAt !== undefined && { learnedAt: finishedAt }),
      },
      why: {
        rule: RULES[action],
        facts: [
          { place: 'Usherr', value: change.reason, how: 'by the history', at },
          { place: place.name, value: wordsOf(before), how: 'read right before', at },
          outcome,
        ],
        askedBy: 'Sync',
      },
    };
  });
}

/** What waits to be told, and for what. */
export function waitingChanges(facts: StoryFacts): readonly StoryEntry[] {
  const copies = new Map(facts.copies.map((copy) => [copy.id as number, copy]));
  return facts.waiting.map((waiting): StoryEntry => {
    const { account, since, nextAt, attempts, fault } = waiting;
    const { health } = account;
    const silent = health.state === 'degraded' ? health.lastError : undefined;
    const held = silent?.message ?? fault;
    return {
      id: `waiting-${account.id}-${waiting.copyId}`,
      kind: 'waiting',
      ...(silent === undefined && nextAt > facts.now && { at: nextAt }),
      isFuture: true,
      isOurs: true,
      personId: account.personId,
      place: placeOf(account),
      parts: partsFor(facts, copies.get(waiting.copyId)?.mediaIds ?? []),
      detail: { since, attempts, ...(held !== undefined && { fault: held }) },
      why: {
        rule: 'Usherr changes nothing where it cannot see: a place is read right before it is told.',
        facts: [
          { place: 'Usherr', value: `to be told: ${waiting.reason}`, how: 'by the history', at: since },
          ...(fault === undefined ? [] : [{ place: account.server.name, value: fault, how: `tried ${attempts} times` }]),
          ...(silent === undefined ? [] : [{ place: account.server.name, value: silent.message, how: 'the last answer', at: silent.at }]),
        ],
        askedBy: 'Sync',
      },
    };
  });
}

export function gone(facts: StoryFacts): readonly StoryEntry[] {
  return facts.copies.flatMap((copy): StoryEntry[] => {
    if (copy.goneAt === undefined) return [];
    const place = facts.servers.get(copy.serverId) ?? { name: `server ${copy.serverId}`, type: '' };
    return [
      {
        id: `gone-${copy.id}`,
        kind: 'gone',
        at: copy.goneAt,
        isFuture: false,
        isOurs: false,
        place,
        parts: partsFor(facts, copy.mediaIds),
        detail: {},
        why: {
          rule: 'A copy counts as gone once its server was asked for it and has none. What was watched stays.',
          facts: [{ place: place.name, value: 'has it no more', how: 'asked for it', at: copy.goneAt }],
          askedBy: 'the server',
        },
      },
    ];
  });
}

export function shelves({ shelves: all }: StoryFacts): readonly StoryEntry[] {
  return all.flatMap(({ personId, rating, list }): StoryEntry[] => {
    const common = { isFuture: false, isOurs: false, personId, parts: [] };
    const said = (value: string, at: Instant): StoryEntry['why'] => ({
      rule: 'A title has one rating and is on one list of a person: the newest word stands.',
      facts: [{ place: 'Usherr', value, how: 'said by the person, here, in an app or on a server', at }],
      askedBy: 'the person',
    });
    return [
      ...(rating === undefined
        ? []
        : [
            {
              ...common,
              id: `rated-${personId}`,
              kind: 'rated' as const,
              at: rating.at,
              detail: { rating: rating.value },
              why: said(`${rating.value} of 10`, rating.at),
            },
          ]),
      ...(list === undefined
        ? []
        : [
            {
              ...common,
              id: `listed-${personId}`,
              kind: 'listed' as const,
              at: list.at,
              detail: { list: list.name },
              why: said(list.name, list.at),
            },
          ]),
    ];
  });
}

export function questions({ conflicts }: StoryFacts): readonly StoryEntry[] {
  return conflicts.map(
    (conflict): StoryEntry => ({
      id: `conflict-${conflict.id}`,
      kind: 'conflict',
      at: conflict.at,
      isFuture: false,
      isOurs: true,
      parts: [],
      detail: {
        reference: conflict.id,
        fault: conflict.reason,
        ...(conflict.resolution !== undefined && { settled: conflict.resolution }),
        ...(conflict.resolvedAt !== undefined && { learnedAt: conflict.resolvedAt }),
      },
      why: {
        rule: 'Ids that contradict each other are for a person to settle, and never merged in silence.',
        facts: [{ place: 'Usherr', value: conflict.reason, how: 'by comparing ids', at: conflict.at }],
        askedBy: 'Sync',
      },
    }),
  );
}

export function merging({ merges, media }: StoryFacts): readonly StoryEntry[] {
  return merges.flatMap((merge): StoryEntry[] => {
    const by = merge.actor === 'matching' ? 'Usherr, by their ids' : merge.actor;
    const common = { isFuture: false, isOurs: merge.actor === 'matching', parts: [] };
    const detail = { other: merge.title === '' ? media.title : merge.title, by, reference: merge.id };
    const joined: StoryEntry = {
      ...common,
      id: `merged-${merge.id}`,
      kind: 'merged',
      at: merge.at,
      detail: { ...detail, ...(merge.splitAt !== undefined && { settled: 'split' }) },
      why: {
        rule: 'Two entries whose ids agree are one title. Every merge can be split again.',
        facts: [{ place: 'Usherr', value: `“${detail.other}” became this title`, how: by, at: merge.at }],
        askedBy: by,
      },
    };
    if (merge.splitAt === undefined) return [joined];
    return [
      joined,
      {
        ...common,
        isOurs: false,
        id: `split-${merge.id}`,
        kind: 'split',
        at: merge.splitAt,
        detail,
        why: {
          rule: 'What was split is held apart from then on.',
          facts: [{ place: 'Usherr', value: `“${detail.other}” is a title of its own again`, how: 'said by a person', at: merge.splitAt }],
          askedBy: 'a person',
        },
      },
    ];
  });
}
