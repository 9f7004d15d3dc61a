import type { Publish } from '#core/events.ts';
import {
  createLists,
  createRatings,
  createViewingStore,
  decidePlays,
  type KnownPlay,
  type ListName,
  type NewPlay,
  type StoredViewing,
  type ViewingStore,
} from '#core/viewing/index.ts';
import type { Arrivals, TrackerSyncDeps } from '#features/tracker-sync/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';

export type TrackerDeskDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  /** Has the person's media servers told. */
  tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void>;
  keepOnLists(person: PersonId, lists: ReadonlyMap<MediaId, ListName>): Promise<void>;
}>;

/** Where the news of trackers go: into the person's history and its libraries, and on to their media servers. */
export function createTrackerDesk({ database, clock, publish, tell, keepOnLists }: TrackerDeskDeps): Pick<TrackerSyncDeps, 'takeIn'> {
  return {
    async takeIn(person, arrivals, source) {
      const now = clock.now();
      const marked = await database.transaction(async (handle) => {
        const viewing = createViewingStore(handle);
        await viewing.lock(person);
        const changed = await takeMarks(viewing, person, arrivals, source, now);
        const shelved = await takeShelves(handle, person, arrivals, now);
        const mediaIds = [...new Set([...changed, ...shelved])];
        if (mediaIds.length > 0) await publish(handle, 'viewing.changed', { personId: person, mediaIds, cause: { kind: 'import' } });
        return changed;
      });
      await keepOnLists(person, keptLists(arrivals));
      if (marked.length > 0) await tell(person, marked, `tracker.${source}`);
    },
  };
}

/** What is watched puts a title among what is being watched, which these lists deny: there it is on them with all that was watched of it. */
const keptLists = ({ lists }: Arrivals): ReadonlyMap<MediaId, ListName> =>
  new Map(
    lists.flatMap(({ mediaId, list }) => (list === null || list === 'watching' || list === 'completed' ? [] : [[mediaId, list] as const])),
  );

/** Marks and plays; answers what stands otherwise than before. */
async function takeMarks(
  viewing: ViewingStore,
  person: PersonId,
  { watched, unwatched }: Arrivals,
  source: string,
  now: Instant,
): Promise<readonly MediaId[]> {
  const media = [...watched.map((one) => one.mediaId), ...unwatched];
  const known = await viewing.viewings(person, media);
  const plays = await viewing.plays(person, media);
  const states = new Map<MediaId, StoredViewing>();
  const fresh: NewPlay[] = [];
  const event = `tracker.${source}`;
  for (const { mediaId, at } of watched) {
    const before = states.get(mediaId) ?? known.get(mediaId);
    if (isNewPlay(plays.get(mediaId) ?? [], at, now)) fresh.push(playOf(mediaId, at, event, now));
    if (before?.watched !== true) states.set(mediaId, stateOf(mediaId, before, { watched: true, changedAt: at ?? now, event, now }));
  }
  for (const mediaId of unwatched) {
    const before = known.get(mediaId);
    if (before?.watched === true) states.set(mediaId, stateOf(mediaId, before, { watched: false, changedAt: now, event, now }));
  }
  await viewing.saveViewings(person, [...states.values()]);
  await viewing.addPlays(person, fresh, now);
  return [...new Set([...states.keys(), ...fresh.map((play) => play.mediaId)])];
}

/** A play of an unknown day is any that we hold. */
function isNewPlay(held: readonly KnownPlay[], at: Instant | undefined, now: Instant): boolean {
  const reported = { plays: [{ ...(at !== undefined && { at }) }], window: { until: now } };
  return decidePlays(held, reported)[0]?.same === undefined;
}

const playOf = (mediaId: MediaId, at: Instant | undefined, event: string, now: Instant): NewPlay => {
  const day = at === undefined ? {} : { at };
  return { mediaId, ...day, evidence: { how: 'app', event, ...day, receivedAt: now } };
};

type Mark = Readonly<{ watched: boolean; changedAt: Instant; event: string; now: Instant }>;

function stateOf(mediaId: MediaId, before: StoredViewing | undefined, { watched, changedAt, event, now }: Mark): StoredViewing {
  const { unwatchedAt: _, viaAccountId: __, ...rest } = before ?? { createdAt: now };
  return {
    ...rest,
    mediaId,
    watched,
    changedAt,
    positionMs: 0,
    positionAt: now,
    event,
    updatedAt: now,
    ...(!watched && { unwatchedAt: changedAt }),
  };
}

/** Lists and ratings; answers the titles. */
async function takeShelves(handle: Handle, person: PersonId, { lists, ratings }: Arrivals, now: Instant): Promise<readonly MediaId[]> {
  const [listing, rating] = [createLists(handle), createRatings(handle)];
  const before = await listing.of(
    person,
    lists.map((one) => one.mediaId),
  );
  await listing.put(
    person,
    lists.flatMap(({ mediaId, list }) =>
      list === null ? [] : [{ mediaId, list, since: before.get(mediaId)?.since ?? now, changedAt: now }],
    ),
  );
  await listing.take(
    person,
    lists.flatMap(({ mediaId, list }) => (list === null ? [mediaId] : [])),
  );
  await rating.put(
    person,
    ratings.flatMap((one) => (one.rating === null ? [] : [{ mediaId: one.mediaId, rating: one.rating, ratedAt: one.at }])),
  );
  await rating.take(
    person,
    ratings.flatMap((one) => (one.rating === null ? [one.mediaId] : [])),
  );
  return [...lists, ...ratings].map((one) => one.mediaId);
}
