import { type AccountId, accountId, type CopyId, copyId, type MediaId, mediaId, type PersonId, playId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, type RowValue, sql } from '#platform/db/index.ts';
import type { ViewingState } from './merge-viewing.ts';
import { type Observation, type OwnPush, UNDER_WAY } from './observation.ts';
import type { KnownPlay } from './same-play.ts';
import type { ObservationRow, ViewingRow, ViewingTables } from './viewing.schema.store.ts';

export type StoredObservation = Observation &
  Readonly<{
    copyId: CopyId;
    rating?: number;
    favorite?: boolean;
    event?: string /** False where the account was only read, and its word has not entered the history. */;
    heard: boolean;
    pushed?: OwnPush;
  }>;
export type StoredViewing = ViewingState & Readonly<{ mediaId: MediaId; event?: string; createdAt: Instant; updatedAt: Instant }>;
export type NewPlay = Readonly<{ mediaId: MediaId; at?: Instant; evidence: NewEvidence }>;
/** How we know: a library read, a webhook, a person's own word, or our own mark. */
export type EvidenceKind = 'import' | 'webhook' | 'manual' | 'app' | 'migration' | 'mark';
export type NewEvidence = Readonly<{
  accountId?: AccountId;
  copyId?: CopyId;
  how: EvidenceKind;
  event?: string;
  at?: Instant;
  receivedAt: Instant;
}>;

/** Evidence whose date may be that of a mark instead of that of a play. */
const FOREIGN_DATES: Readonly<Record<string, Readonly<{ ours?: true; told?: true }>>> = { mark: { ours: true }, migration: { told: true } };

export type ViewingStore = ReturnType<typeof createViewingStore>;

/** Names our locks among those of others in the same database. */
const HISTORY_LOCK = 4_849;

const set = <Key extends string, T>(key: Key, value: T | null | undefined): { readonly [K in Key]?: T } =>
  (value === null || value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };

const OBSERVATION_COLUMNS = {
  account_id: 'integer',
  copy_id: 'integer',
  played: 'integer',
  play_count: 'integer',
  last_played_at: 'integer',
  position_ms: 'integer',
  rating: 'real',
  favorite: 'integer',
  added_at: 'integer',
  observed_at: 'integer',
  event: 'text',
  heard: 'integer',
} as const;

const VIEWING_COLUMNS = {
  person_id: 'integer',
  media_id: 'integer',
  watched: 'integer',
  changed_at: 'integer',
  unwatched_at: 'integer',
  via_account_id: 'integer',
  position_ms: 'integer',
  position_at: 'integer',
  position_account_id: 'integer',
  event: 'text',
  created_at: 'integer',
  updated_at: 'integer',
} as const;

/** An older word, or one that was said while the change was on its way, is not yet the server's word on the change. */
const STILL_OWED = `observation.pushed_at is not null and (observation.pushed_at > excluded.observed_at
  or ((excluded.played <> observation.pushed_played or excluded.play_count < observation.pushed_count)
    and excluded.observed_at < observation.pushed_at + ${UNDER_WAY}))`;

const NEWER_OBSERVATION = `(account_id, copy_id) do update set played = excluded.played, play_count = excluded.play_count,
  last_played_at = excluded.last_played_at, position_ms = excluded.position_ms, rating = excluded.rating, favorite = excluded.favorite,
  added_at = excluded.added_at, observed_at = excluded.observed_at, event = coalesce(excluded.event, observation.event), heard = excluded.heard,
  pushed_played = case when ${STILL_OWED} then observation.pushed_played end,
  pushed_played_at = case when ${STILL_OWED} then observation.pushed_played_at end,
  pushed_count = case when ${STILL_OWED} then observation.pushed_count end,
  pushed_at = case when ${STILL_OWED} then observation.pushed_at end`;

const NEWER_VIEWING = `(person_id, media_id) do update set watched = excluded.watched, changed_at = excluded.changed_at,
  unwatched_at = excluded.unwatched_at, via_account_id = excluded.via_account_id, position_ms = excluded.position_ms,
  position_at = excluded.position_at, position_account_id = excluded.position_account_id, event = coalesce(excluded.event, viewing.event),
  updated_at = excluded.updated_at`;

/** What accounts said, where persons stand, and every play with its evidence. Takes part in the caller's transaction. */
export function createViewingStore(handle: Handle) {
  const db = handle.tables<ViewingTables>();

  async function takePlayIds(count: number): Promise<number> {
    const row = await db
      .updateTable('id_counter')
      .set({ next: sql`next + ${count}` })
      .where('name', '=', 'play')
      .returning('next')
      .executeTakeFirstOrThrow();
    return row.next - count;
  }

  return {
    /**
     * Holds the person's history for the rest of the transaction, so that two of them do not decide from the same standing and
     * the later one wins by chance. SQLite has one writer anyway.
     */
    async lock(person: PersonId): Promise<void> {
      if (handle.kind === 'postgres') await sql`select pg_advisory_xact_lock(${HISTORY_LOCK}, ${person}::int)`.execute(db);
    },

    /** The last observation of each copy by this account; copies never seen by it are missing. */
    async observations(account: AccountId, copies: readonly CopyId[]): Promise<ReadonlyMap<CopyId, StoredObservation>> {
      if (copies.length === 0) return new Map();
      const rows = await db
        .selectFrom('observation')
        .selectAll()
        .where('account_id', '=', account)
        .where('copy_id', 'in', idList(handle.kind, copies))
        .execute();
      return new Map(rows.map((row) => [copyId(row.copy_id), observationOf(row)]));
    },

    /** All accounts' last words on these copies. */
    async observationsOfCopies(copies: readonly CopyId[]): Promise<readonly (StoredObservation & { readonly accountId: AccountId })[]> {
      if (copies.length === 0) return [];
      const rows = await db.selectFrom('observation').selectAll().where('copy_id', 'in', idList(handle.kind, copies)).execute();
      return rows.map((row) => ({ ...observationOf(row), accountId: accountId(row.account_id) }));
    },

    async viewings(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, StoredViewing>> {
      if (media.length === 0) return new Map();
      const rows = await db
        .selectFrom('viewing')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return new Map(rows.map((row) => [mediaId(row.media_id), viewingOf(row)]));
    },

    async plays(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, readonly KnownPlay[]>> {
      if (media.length === 0) return new Map();
      const plays = await db
        .selectFrom('play')
        .select(['id', 'media_id', 'at'])
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      const ids = plays.map((play) => play.id);
      const pieces = await db
        .selectFrom('evidence')
        .select(['play_id', 'account_id', 'copy_id', 'how', 'at', 'received_at'])
        .where('play_id', 'in', idList(handle.kind, ids))
        .execute();
      const evidence = Map.groupBy(pieces, (piece) => piece.play_id);
      const known = plays.map((play) => ({
        mediaId: mediaId(play.media_id),
        play: {
          id: play.id,
          ...set('at', play.at),
          evidence: (evidence.get(play.id) ?? []).map((piece) => ({
            ...set('accountId', piece.account_id),
            ...(FOREIGN_DATES[piece.how] && { ...FOREIGN_DATES[piece.how], ...set('copyId', piece.copy_id), ...set('at', piece.at) }),
            receivedAt: piece.received_at,
          })),
        },
      }));
      const byMedia = Map.groupBy(known, (entry) => entry.mediaId);
      return new Map([...byMedia].map(([id, entries]) => [id, entries.map((entry) => entry.play)]));
    },

    /** How many plays of each of these titles are known. */
    async playCounts(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>> {
      const rows = await db
        .selectFrom('play')
        .select((eb) => ['media_id', eb.fn.countAll<number>().as('count')])
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .groupBy('media_id')
        .execute();
      return new Map(rows.map((row) => [mediaId(row.media_id), Number(row.count)]));
    },

    /** Replaces the last observations; a push that was waiting to be heard of is thereby heard of, but not by words that are older. */
    async saveObservations(account: AccountId, observations: readonly Omit<StoredObservation, 'pushed'>[]): Promise<void> {
      const rows = observations.map((one) => observationValues(account, one));
      await insertRows(handle, 'observation', OBSERVATION_COLUMNS, rows, { update: NEWER_OBSERVATION });
    },

    /** Written before the call, so that what the server says afterwards is known to be ours even when we died in between. */
    async notePush(account: AccountId, copy: CopyId, push: OwnPush | undefined): Promise<void> {
      await db
        .updateTable('observation')
        .set({
          pushed_played: push ? Number(push.played) : null,
          pushed_at: push?.at ?? null,
          pushed_played_at: push?.playedAt ?? null,
          pushed_count: push?.playCount ?? null,
        })
        .where('account_id', '=', account)
        .where('copy_id', '=', copy)
        .execute();
    },

    async saveViewings(person: PersonId, viewings: readonly StoredViewing[]): Promise<void> {
      const rows = viewings.map((one) => viewingValues(person, one));
      await insertRows(handle, 'viewing', VIEWING_COLUMNS, rows, { update: NEWER_VIEWING });
    },

    /** Answers the ids of the plays, in their order. */
    async addPlays(person: PersonId, plays: readonly NewPlay[], now: Instant): Promise<readonly number[]> {
      if (plays.length === 0) return [];
      const first = await takePlayIds(plays.length);
      const columns = {
        id: 'integer',
        person_id: 'integer',
        media_id: 'integer',
        recorded_as: 'integer',
        at: 'integer',
        created_at: 'integer',
      } as const;
      const rows = plays.map((play, index): RowValue[] => [first + index, person, play.mediaId, play.mediaId, play.at ?? null, now]);
      await insertRows(handle, 'play', columns, rows);
      await this.addEvidence(plays.map((play, index) => ({ ...play.evidence, playId: first + index })));
      return plays.map((_, index) => first + index);
    },

    async addEvidence(evidence: readonly (NewEvidence & { readonly playId: number })[]): Promise<void> {
      if (evidence.length === 0) return;
      const columns = {
        play_id: 'integer',
        account_id: 'integer',
        copy_id: 'integer',
        how: 'text',
        event: 'text',
        at: 'integer',
        received_at: 'integer',
      } as const;
      const rows = evidence.map((one): RowValue[] => [
        playId(one.playId),
        one.accountId ?? null,
        one.copyId ?? null,
        one.how,
        one.event ?? null,
        one.at ?? null,
        one.receivedAt,
      ]);
      await insertRows(handle, 'evidence', columns, rows);
    },

    /** The account is not listened to for a while: its next words on all that it shows count as its first. */
    async unhear(account: AccountId): Promise<void> {
      await db.updateTable('observation').set({ heard: 0 }).where('account_id', '=', account).where('heard', '=', 1).execute();
    },

    /** These copies stand for other titles from now on: what is said of them next counts as the first word on those. */
    async unhearCopies(copies: readonly CopyId[]): Promise<void> {
      if (copies.length === 0) return;
      await db
        .updateTable('observation')
        .set({ heard: 0 })
        .where('copy_id', 'in', idList(handle.kind, copies))
        .where('heard', '=', 1)
        .execute();
    },

    /**
     * The account was read in full from `from` on, and listed these copies alone. The others were not looked at: what is said of them next
     * counts as said of copies that were added anew.
     */
    async unlisted(account: AccountId, listed: Pick<ReadonlySet<CopyId>, 'size' | 'has'>, from: Instant): Promise<void> {
      const spoken = db.selectFrom('observation').where('account_id', '=', account);
      const { count } = await spoken.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      if (Number(count) <= listed.size) return;
      const rows = await spoken.select('copy_id').where('added_at', 'is not', null).where('observed_at', '<', from).execute();
      const missing = rows.flatMap((row) => (listed.has(copyId(row.copy_id)) ? [] : [row.copy_id]));
      if (missing.length === 0) return;
      await db
        .updateTable('observation')
        .set({ added_at: null })
        .where('account_id', '=', account)
        .where('copy_id', 'in', idList(handle.kind, missing))
        .where('observed_at', '<', from)
        .execute();
    },

    /** The words of an account that is gone. Plays and where the person stands stay. */
    async forgetAccount(account: AccountId): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('observation').where('account_id', '=', account).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function observationOf(row: ObservationRow): StoredObservation {
  const pushed: OwnPush | undefined =
    row.pushed_at === null
      ? undefined
      : {
          played: row.pushed_played === 1,
          at: row.pushed_at,
          ...set('playedAt', row.pushed_played_at),
          ...set('playCount', row.pushed_count),
        };
  return {
    copyId: copyId(row.copy_id),
    played: row.played === 1,
    ...set('playCount', row.play_count),
    ...set('lastPlayedAt', row.last_played_at),
    positionMs: row.position_ms,
    ...set('rating', row.rating),
    ...(row.favorite !== null && { favorite: row.favorite === 1 }),
    ...set('addedAt', row.added_at),
    ...set('event', row.event),
    heard: row.heard === 1,
    at: row.observed_at,
    ...(pushed && { pushed }),
  };
}

const observationValues = (account: AccountId, one: Omit<StoredObservation, 'pushed'>): RowValue[] => [
  account,
  one.copyId,
  Number(one.played),
  one.playCount ?? null,
  one.lastPlayedAt ?? null,
  one.positionMs,
  one.rating ?? null,
  one.favorite === undefined ? null : Number(one.favorite),
  one.addedAt ?? null,
  one.at,
  one.event ?? null,
  Number(one.heard),
];

function viewingOf(row: ViewingRow): StoredViewing {
  return {
    mediaId: mediaId(row.media_id),
    watched: row.watched === 1,
    changedAt: row.changed_at,
    ...set('unwatchedAt', row.unwatched_at),
    ...set('viaAccountId', row.via_account_id),
    positionMs: row.position_ms,
    ...set('positionAt', row.position_at),
    ...set('positionAccountId', row.position_account_id),
    ...set('event', row.event),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const viewingValues = (person: PersonId, one: StoredViewing): RowValue[] => [
  person,
  one.mediaId,
  Number(one.watched),
  one.changedAt,
  one.unwatchedAt ?? null,
  one.viaAccountId ?? null,
  one.positionMs,
  one.positionAt ?? null,
  one.positionAccountId ?? null,
  one.event ?? null,
  one.createdAt,
  one.updatedAt,
];
