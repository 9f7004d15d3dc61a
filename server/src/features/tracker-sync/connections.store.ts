import type { TrackerStamps } from '#core/upstreams/index.ts';
import { type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, type Selectable, sql, type Updateable } from '#platform/db/index.ts';
import type { Switches } from './facts.ts';
import type { ConnectionRow, TrackerSyncTables } from './tracker-sync.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** A person's account at a tracker. Nothing of it is a secret. */
export type TrackerLink = Readonly<{
  id: number;
  personId: PersonId;
  name: string;
  vendor: string;
  clientId: string;
  /** `waiting`: nobody has agreed there yet. `ended`: the grant is gone. */
  state: 'waiting' | 'connected' | 'ended';
  account?: Readonly<{ id: string; name: string; plan: string }>;
  switches: Switches;
  /** `given`: a person has seen and approved what the first run would change. `refused`: they would not have it. */
  consent: 'pending' | 'given' | 'refused';
  readAt?: Instant;
  syncedAt?: Instant;
  budget: Readonly<{ day: string; spent: number; callsPerDay: number }>;
  /** Not before this. */
  resumeAt?: Instant;
  lastError?: Readonly<{ at: Instant; code: string; message: string }>;
  createdAt: Instant;
}>;

export type SealedLink = Readonly<{
  link: TrackerLink;
  clientSecret: string | null;
  grant: string | null;
  waiting: string | null;
  stamps?: TrackerStamps;
}>;

type Row = Selectable<ConnectionRow>;
export type LinkChanges = Updateable<ConnectionRow>;

const set = <Key extends string, T>(key: Key, value: T | null): { readonly [K in Key]?: T } =>
  (value === null ? {} : { [key]: value }) as { readonly [K in Key]?: T };

const sealedOf = (row: Row): SealedLink => ({
  clientSecret: row.client_secret,
  grant: row.grant_sealed,
  waiting: row.waiting,
  ...(row.stamps !== null && { stamps: JSON.parse(row.stamps) as TrackerStamps }),
  link: {
    id: row.id,
    personId: personId(row.person_id),
    name: row.name,
    vendor: row.vendor,
    clientId: row.client_id,
    state: row.grant_sealed === null ? 'waiting' : row.error_code === 'upstream-unauthorized' ? 'ended' : 'connected',
    ...(row.account_id !== null && { account: { id: row.account_id, name: row.account_name ?? '', plan: row.account_plan ?? '' } }),
    switches: { takes: row.takes === 1, sends: row.sends === 1, lists: row.lists === 1, ratings: row.ratings === 1 },
    consent: row.consent as TrackerLink['consent'],
    ...set('readAt', row.read_at),
    ...set('syncedAt', row.synced_at),
    budget: { day: row.spent_on, spent: row.spent, callsPerDay: row.calls_per_day },
    ...set('resumeAt', row.resume_at),
    ...(row.error_at !== null && { lastError: { at: row.error_at, code: row.error_code ?? '', message: row.error_message ?? '' } }),
    createdAt: row.created_at,
  },
});

export type LinkStore = ReturnType<typeof createLinkStore>;

export function createLinkStore(handle: Handle) {
  const db = handle.tables<TrackerSyncTables>();
  return {
    async list(person?: PersonId): Promise<readonly SealedLink[]> {
      const all = db.selectFrom('remote_tracker').selectAll().orderBy('id');
      return (await (person === undefined ? all : all.where('person_id', '=', person)).execute()).map(sealedOf);
    },

    async find(id: number): Promise<SealedLink | undefined> {
      const row = await db.selectFrom('remote_tracker').selectAll().where('id', '=', id).executeTakeFirst();
      return row && sealedOf(row);
    },

    async byName(name: string): Promise<SealedLink | undefined> {
      const row = await db.selectFrom('remote_tracker').selectAll().where('name', '=', name).executeTakeFirst();
      return row && sealedOf(row);
    },

    async insert(values: Readonly<Omit<Row, 'id'>>): Promise<number> {
      return (await db.insertInto('remote_tracker').values(values).returning('id').executeTakeFirstOrThrow()).id;
    },

    async change(id: number, changes: LinkChanges): Promise<void> {
      await db.updateTable('remote_tracker').set(changes).where('id', '=', id).execute();
    },

    /** One more call of that day; answers false, and counts nothing, where the day's calls are used up. */
    async spend(id: number, day: string): Promise<boolean> {
      const row = await db
        .updateTable('remote_tracker')
        .set({ spent: sql<number>`case when spent_on = ${day} then spent + 1 else 1 end`, spent_on: day })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('spent_on', '<>', day), eb('spent', '<', eb.ref('calls_per_day'))]))
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async remove(id: number): Promise<void> {
      await db.deleteFrom('remote_tracker').where('id', '=', id).execute();
    },
  };
}
