import { type PersonId, personId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type Database, type Handle, sql } from '#platform/db/index.ts';
import type { ActivityTables } from './activity.schema.store.ts';
import type { ActorRef } from './actor-ref.ts';

export type ActivityEntry = Readonly<{
  id: number;
  at: Instant;
  actor: ActorRef;
  /** What was done, in dots: `account.added`, `plan.approved`. */
  verb: string;
  /** What it was done to, as a person would name it. */
  subject: string;
  detail: JsonObject;
  personId: PersonId | undefined;
}>;

export type NewActivity = Readonly<{
  actor: ActorRef;
  verb: string;
  subject: string;
  /** Never a secret: everybody who may read the log sees it. */
  detail?: JsonObject;
  personId?: PersonId;
}>;

export type ActivityFilter = Readonly<{
  personId?: PersonId;
  actor?: Readonly<{ kind: string; id?: string | number }>;
  /** The verb itself, or all verbs below it where it ends in a dot (`account.`). */
  verb?: string;
  subject?: string;
  /** From, inclusive, and until, exclusive. */
  from?: Instant;
  until?: Instant;
}>;

export type Activity = Readonly<{
  /** Adds an entry; in the transaction of what it tells of where a handle is given. */
  record(entry: NewActivity, handle?: Handle): Promise<void>;
  /** Newest first. */
  list(
    filter: ActivityFilter,
    page: Readonly<{ offset: number; limit: number }>,
  ): Promise<Readonly<{ entries: readonly ActivityEntry[]; total: number }>>;
  /** What was written since `after`, oldest first and 200 at most; without it nothing but the mark to ask with next time. */
  since(after?: number): Promise<Readonly<{ entries: readonly Pick<ActivityEntry, 'verb' | 'personId'>[]; mark: number }>>;
  /** Deletes what is older than `age`; answers how many entries went. */
  prune(age: Duration): Promise<number>;
}>;

function verbIs(verb: string) {
  if (!verb.endsWith('.')) return sql<boolean>`verb = ${verb}`;
  const start = verb.replaceAll(/[!%_]/g, (sign) => `!${sign}`);
  return sql<boolean>`verb like ${`${start}%`} escape '!'`;
}

/** The log of who did what. Entries are added and, after their time, pruned; none is ever changed. */
export function createActivity({ database, clock }: Readonly<{ database: Database; clock: Clock }>): Activity {
  const tables = (handle: Handle = database) => handle.tables<ActivityTables>();

  function matching({ personId: person, actor, verb, subject, from, until }: ActivityFilter) {
    const conditions = [
      person !== undefined && sql<boolean>`person_id = ${person}`,
      actor !== undefined && sql<boolean>`actor_kind = ${actor.kind}`,
      actor?.id !== undefined && sql<boolean>`actor_id = ${String(actor.id)}`,
      verb !== undefined && verbIs(verb),
      subject !== undefined && sql<boolean>`subject = ${subject}`,
      from !== undefined && sql<boolean>`at >= ${from}`,
      until !== undefined && sql<boolean>`at < ${until}`,
    ];
    return tables()
      .selectFrom('activity')
      .where((row) => row.and(conditions.filter((condition) => condition !== false)));
  }

  return {
    async record({ actor, verb, subject, detail = {}, personId: person }, handle) {
      await tables(handle)
        .insertInto('activity')
        .values({
          at: clock.now(),
          actor_kind: actor.kind,
          actor_id: String(actor.id),
          actor_name: actor.name,
          verb,
          subject,
          detail: JSON.stringify(detail),
          person_id: person ?? null,
        })
        .execute();
    },

    async list(filter, { offset, limit }) {
      const rows = await matching(filter).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').offset(offset).limit(limit).execute();
      const { total } = await matching(filter)
        .select((row) => row.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const entries = rows.map((row) => ({
        id: row.id,
        at: row.at,
        actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
        verb: row.verb,
        subject: row.subject,
        detail: JSON.parse(row.detail) as JsonObject,
        personId: row.person_id === null ? undefined : personId(row.person_id),
      }));
      return { entries, total };
    },

    async since(after) {
      if (after === undefined) {
        const newest = await tables()
          .selectFrom('activity')
          .select((row) => row.fn.max('id').as('id'))
          .executeTakeFirst();
        return { entries: [], mark: newest?.id ?? 0 };
      }
      const rows = await tables()
        .selectFrom('activity')
        .select(['id', 'verb', 'person_id'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(200)
        .execute();
      const entries = rows.map((row) => ({ verb: row.verb, personId: row.person_id === null ? undefined : personId(row.person_id) }));
      return { entries, mark: rows.at(-1)?.id ?? after };
    },

    async prune(age) {
      const { numDeletedRows } = await tables()
        .deleteFrom('activity')
        .where('at', '<', clock.now() - age)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
