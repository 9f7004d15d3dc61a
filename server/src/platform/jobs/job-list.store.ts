import type { JobId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Database, sql, type Updateable } from '#platform/db/index.ts';
import { JOB_COLUMNS, jobOf, logsOf, statusName, statusNumber } from './job-rows.store.ts';
import type { Job, JobChange, JobFilter, JobStatus, JobWithLogs } from './jobs.port.ts';
import type { JobTables } from './jobs.schema.store.ts';

const RUNNING = statusNumber('running');
const PENDING = statusNumber('pending');
const CANCELLED = statusNumber('cancelled');

/** More than a person follows at once; an import of many servers queues as many pushes. */
const MOST_WATCHED = 200;

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
const likeText = (text: string): string => `%${escaped(text.toLowerCase())}%`;

/** A payload is stored as its JSON: a member stands there with its name and its value, one after the other. */
function hasMember(name: string, value: string | null) {
  const text = value === null ? `${JSON.stringify(name)}:` : `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  const like = `%${escaped(text)}%`;
  return value === null ? sql<boolean>`payload not like ${like} escape '\\'` : sql<boolean>`payload like ${like} escape '\\'`;
}

const hasAll = (members: Readonly<Record<string, string | null>>) =>
  sql<boolean>`(${sql.join(
    Object.entries(members).map(([name, value]) => hasMember(name, value)),
    sql` and `,
  )})`;

const begins = (start: string) => sql<boolean>`reference like ${`${escaped(start)}%`} escape '\\'`;

const isOf = (person: number) => sql<boolean>`person = ${person}`;

/** Conditions of which one of several has to hold. */
function eitherOf({ referenceFamily: family, referenceStarts, payloadHas, concerns }: JobFilter) {
  const people = concerns && [sql<boolean>`person is null`, ...concerns.map(isOf)];
  const kin = family === undefined ? undefined : [sql<boolean>`reference = ${family}`, begins(`${family}:`), begins(`${family}#`)];
  return [people, kin, referenceStarts?.map(begins), payloadHas?.map(hasAll)].flatMap((any) =>
    any === undefined ? [] : [sql<boolean>`(${sql.join(any, sql` or `)})`],
  );
}

export type JobListStore = ReturnType<typeof createJobListStore>;

/** The statements for people: what is there, and what they may change while it does not run. */
export function createJobListStore(database: Database) {
  const db = database.tables<JobTables>();

  const matching = (filter: JobFilter) => {
    let query = db.selectFrom('job');
    if (filter.statuses !== undefined) query = query.where('status', 'in', [-1, ...filter.statuses.map(statusNumber)]);
    if (filter.name !== undefined) query = query.where('name', '=', filter.name);
    if (filter.lane !== undefined) query = query.where('lane', '=', filter.lane);
    if (filter.person !== undefined) query = query.where('person', '=', filter.person);
    if (filter.reference !== undefined) query = query.where('reference', '=', filter.reference);
    for (const condition of eitherOf(filter)) query = query.where(condition);
    if (filter.nameContains !== undefined) {
      query = query.where(sql<boolean>`lower(name) like ${likeText(filter.nameContains)} escape '\\'`);
    }
    return query;
  };

  /** True where a job was in the state that the change needs. */
  const changeWhile = async (id: JobId, status: JobStatus | 'not-running', change: Updateable<JobTables['job']>): Promise<boolean> => {
    const query = db.updateTable('job').set(change).where('id', '=', id);
    const done = await (status === 'not-running'
      ? query.where('status', '<>', RUNNING)
      : query.where('status', '=', statusNumber(status))
    ).executeTakeFirst();
    return done.numUpdatedRows === 1n;
  };

  const newest = async (): Promise<number> => {
    const row = await db
      .selectFrom('job')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst();
    return row?.seq ?? 0;
  };

  return {
    async find(id: JobId): Promise<JobWithLogs | undefined> {
      const row = await db
        .selectFrom('job')
        .select([...JOB_COLUMNS, 'logs'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...jobOf(row), logs: logsOf(row) };
    },

    async page(filter: JobFilter, page: number, perPage: number): Promise<{ jobs: Job[]; total: number }> {
      const rows = await matching(filter)
        .select(JOB_COLUMNS)
        .orderBy('seq', 'desc')
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute();
      const { total } = await matching(filter)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { jobs: rows.map(jobOf), total };
    },

    /** Without a mark nothing is new: only what is open is told. */
    async openAndSince(after?: number): Promise<{ jobs: Job[]; mark: number }> {
      const open = await db
        .selectFrom('job')
        .select(JOB_COLUMNS)
        .where('status', 'in', [PENDING, RUNNING])
        .orderBy('seq', 'desc')
        .limit(MOST_WATCHED)
        .execute();
      const fresh =
        after === undefined
          ? []
          : await db.selectFrom('job').select(JOB_COLUMNS).where('seq', '>', after).orderBy('seq', 'desc').limit(MOST_WATCHED).execute();
      const mark = fresh[0]?.seq ?? after ?? (await newest());
      // The same job may have moved on between the two looks: the later one counts.
      const rows = new Map([...open, ...fresh].map((row) => [row.seq, row]));
      const jobs = [...rows.values()].sort((one, other) => one.seq - other.seq).map(jobOf);
      return { jobs, mark };
    },

    async countByStatus(filter: JobFilter = {}): Promise<Readonly<Record<JobStatus, number>>> {
      const rows = await matching(filter)
        .select((eb) => ['status', eb.fn.countAll<number>().as('total')] as const)
        .groupBy('status')
        .execute();
      const counts = { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
      for (const row of rows) counts[statusName(row.status)] = row.total;
      return counts;
    },

    cancelPending: (id: JobId, now: Instant): Promise<boolean> =>
      changeWhile(id, 'pending', {
        status: CANCELLED,
        error: JSON.stringify({ code: 'cancelled', message: 'It was cancelled before it began.' }),
        finished_at: now,
        updated_at: now,
      }),

    requestCancel: (id: JobId, now: Instant): Promise<boolean> => changeWhile(id, 'running', { cancel_requested: 1, updated_at: now }),

    delayPending: (id: JobId, until: Instant, now: Instant): Promise<boolean> =>
      changeWhile(id, 'pending', { run_at: until, updated_at: now }),

    /** A status of `pending` makes it new: no attempts, no outcome, due now. */
    async change(id: JobId, { name, payload, reference, status, resetLogs }: JobChange, now: Instant): Promise<boolean> {
      const again = status === 'pending';
      return changeWhile(id, 'not-running', {
        updated_at: now,
        ...(name !== undefined && { name }),
        ...(payload !== undefined && { payload: JSON.stringify(payload) }),
        ...(reference !== undefined && { reference }),
        ...(resetLogs && { logs: '[]' }),
        ...(status !== undefined && { status: statusNumber(status), finished_at: again ? null : now }),
        ...(again && { attempts: 0, run_at: now, started_at: null, progress: null, result: null, error: null }),
      });
    },

    async pendingWith(reference: string, except: JobId): Promise<string | undefined> {
      const row = await db
        .selectFrom('job')
        .select('id')
        .where('reference', '=', reference)
        .where('status', '=', sql.lit(PENDING))
        .where('id', '<>', except)
        .executeTakeFirst();
      return row?.id;
    },

    async remove(id: JobId): Promise<boolean> {
      const done = await db.deleteFrom('job').where('id', '=', id).where('status', '<>', RUNNING).executeTakeFirst();
      return done.numDeletedRows === 1n;
    },

    async deleteEndedBefore(instant: Instant): Promise<number> {
      const done = await db
        .deleteFrom('job')
        .where('status', 'in', [statusNumber('completed'), statusNumber('failed'), CANCELLED])
        .where('finished_at', '<', instant)
        .executeTakeFirst();
      return Number(done.numDeletedRows);
    },
  };
}
