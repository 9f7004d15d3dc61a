import type { MediaId } from '#kernel/ids.ts';
import type { StoryEntry, WhyFact } from './story-entry.ts';
import { partsFor, placeOf, type StoryFacts } from './story-facts.ts';
import { gone, merging, questions, shelves, toldChanges, waitingChanges } from './tell-own-doings.ts';

const HOW: Readonly<Record<string, string>> = {
  webhook: 'told by the server',
  import: 'found by reading the server',
  app: 'told by an app',
  manual: 'said by hand',
  migration: 'brought from another program',
  mark: 'our own mark there',
};

/** Pure. Everything that is known to have happened to a title, and what waits to: the future first, then the newest first. */
export function tellStory(facts: StoryFacts): readonly StoryEntry[] {
  const entries = [
    ...requests(facts),
    ...arrivals(facts),
    ...gone(facts),
    ...watched(facts),
    ...standing(facts),
    ...toldChanges(facts),
    ...waitingChanges(facts),
    ...shelves(facts),
    ...questions(facts),
    ...merging(facts),
    ...airs(facts),
  ];
  const future = entries.filter((entry) => entry.isFuture);
  const past = entries.filter((entry) => !entry.isFuture);
  return [...future.sort(latestFirst), ...past.sort(latestFirst)];
}

/** What waits without a time stands last of the future, next to now. */
const latestFirst = (one: StoryEntry, other: StoryEntry): number => (other.at ?? 0) - (one.at ?? 0) || (one.id < other.id ? -1 : 1);

function requests({ requests: all, desks }: StoryFacts): readonly StoryEntry[] {
  return all.map((request): StoryEntry => {
    const { requestedBy, status, is4k, seasons } = request;
    const place = desks.get(request.deskId) ?? `desk ${request.deskId}`;
    return {
      id: `request-${request.id}`,
      kind: 'requested',
      at: request.createdAt,
      isFuture: false,
      isOurs: false,
      ...(requestedBy.personId !== undefined && { personId: requestedBy.personId }),
      place: { name: place, type: 'seerr' },
      parts: [],
      detail: {
        status,
        is4k,
        by: requestedBy.displayName,
        reference: request.id,
        ...(seasons.length > 0 && { seasons: seasons.map((season) => season.number) }),
      },
      why: {
        rule: 'Somebody asked for it on a request desk.',
        facts: [{ place, value: `request ${request.upstreamId}, ${status}`, how: 'read from the desk', at: request.firstSeenAt }],
        askedBy: requestedBy.displayName,
      },
    };
  });
}

function arrivals(facts: StoryFacts): readonly StoryEntry[] {
  return facts.copies.flatMap((copy): StoryEntry[] => {
    const place = facts.servers.get(copy.serverId) ?? { name: `server ${copy.serverId}`, type: '' };
    const common = { isFuture: false, isOurs: false, place, parts: partsFor(facts, copy.mediaIds) };
    const file = {
      ...(copy.resolution !== undefined && { resolution: copy.resolution }),
      ...(copy.size !== undefined && { size: copy.size }),
      ...(facts.showPaths && copy.path !== undefined && { path: copy.path }),
    };
    const seen: WhyFact = { place: place.name, value: 'lists it', how: 'found by reading the server', at: copy.firstSeenAt };
    const added: StoryEntry = {
      ...common,
      id: `copy-${copy.id}`,
      kind: 'added',
      at: copy.addedAt ?? copy.firstSeenAt,
      detail: { ...file, how: 'import', learnedAt: copy.firstSeenAt },
      why: { rule: 'An item that a server lists is the title that its ids name.', facts: [seen], askedBy: 'the server' },
    };
    if (copy.replacedAt === undefined) return [added];
    const replaced: StoryEntry = {
      ...common,
      id: `replaced-${copy.id}`,
      kind: 'replaced',
      at: copy.replacedAt,
      detail: file,
      why: {
        rule: 'The same item has another file: that takes no mark away.',
        facts: [{ ...seen, value: 'lists another file', at: copy.replacedAt }],
        askedBy: 'the server',
      },
    };
    return [added, replaced];
  });
}

function watched(facts: StoryFacts): readonly StoryEntry[] {
  const byId = new Map(facts.accounts.map((account) => [account.id, account]));
  return facts.plays.map((play): StoryEntry => {
    const words = play.evidence.filter((word) => word.how !== 'mark');
    const first = words[0] ?? play.evidence[0];
    const account = first?.accountId === undefined ? undefined : byId.get(first.accountId);
    const at = play.at ?? first?.receivedAt ?? 0;
    return {
      id: `play-${play.id}`,
      kind: 'watched',
      at,
      isFuture: false,
      isOurs: false,
      personId: play.personId,
      ...(account && { place: placeOf(account) }),
      parts: partsFor(facts, [play.mediaId]),
      detail: {
        ...(first && { how: first.how, learnedAt: first.receivedAt }),
        ...(play.at === undefined && { dateUnknown: true }),
        ...(account === undefined && first?.event !== undefined && { by: first.event }),
      },
      why: {
        rule: 'Reports of one sitting are one play, whoever tells of it.',
        facts: play.evidence.map((word) => {
          const teller = word.accountId === undefined ? undefined : byId.get(word.accountId);
          const value = word.how === 'mark' ? 'marked by us' : word.at === undefined ? 'watched, without a day' : 'watched';
          return {
            place: teller?.server.name ?? (word.accountId === undefined ? 'Usherr' : 'a removed account'),
            value,
            how: HOW[word.how] ?? word.how,
            at: word.receivedAt,
          };
        }),
        askedBy: account?.server.name ?? 'the person',
      },
    };
  });
}

/** What no play tells: marks that were taken away, and where somebody stopped. */
function standing(facts: StoryFacts): readonly StoryEntry[] {
  return facts.standings.flatMap((one): StoryEntry[] => {
    const common = { isFuture: false, isOurs: false, personId: one.personId, parts: partsFor(facts, [one.mediaId]) };
    const entries: StoryEntry[] = [];
    if (one.unwatchedAt !== undefined && !one.watched) {
      entries.push({
        ...common,
        id: `unwatched-${one.personId}-${one.mediaId}`,
        kind: 'unwatched',
        at: one.unwatchedAt,
        detail: one.event === undefined ? {} : { by: one.event },
        why: {
          rule: 'A mark is taken away only by somebody who had seen it; plays stay.',
          facts: [{ place: 'Usherr', value: 'not watched', how: one.event ?? 'said by hand', at: one.changedAt }],
          askedBy: 'the person',
        },
      });
    }
    if (one.positionMs > 0 && one.positionAt !== undefined) {
      entries.push({
        ...common,
        id: `stopped-${one.personId}-${one.mediaId}`,
        kind: 'stopped',
        at: one.positionAt,
        detail: { positionMs: one.positionMs },
        why: {
          rule: 'The last place where a person stopped is where they go on, on all of their places.',
          facts: [
            {
              place: 'Usherr',
              value: `stopped at ${Math.round(one.positionMs / 60_000)} min`,
              how: one.event ?? 'told',
              at: one.positionAt,
            },
          ],
          askedBy: 'the person',
        },
      });
    }
    return entries;
  });
}

/** The next episode that is announced. Those behind it are on its season's page. */
function airs({ episodes, now }: StoryFacts): readonly StoryEntry[] {
  const next = episodes
    .filter((one) => one.airedAt !== undefined && one.airedAt > now)
    .sort((one, other) => (one.airedAt ?? 0) - (other.airedAt ?? 0))[0];
  if (next?.airedAt === undefined) return [];
  const { mediaId, season, number, title = '', airedAt } = next;
  return [
    {
      id: `airs-${season}-${number}`,
      kind: 'airs',
      at: airedAt,
      isFuture: true,
      isOurs: false,
      parts: [{ id: mediaId ?? (0 as MediaId), season, number, title }],
      detail: {},
      why: {
        rule: 'Days on which episodes air come from the household’s servers, else from the source of metadata.',
        facts: [{ place: 'Metadata', value: 'announced', how: 'read', at: airedAt }],
        askedBy: 'nobody',
      },
    },
  ];
}
