import type { Instant } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import { createGroupedWrites, type Database, type Selectable, textList } from '#platform/db/index.ts';
import type { JournalTables } from './journal.schema.store.ts';

export type JournalState = 'intended' | 'confirmed' | 'failed' | 'unconfirmed';

/** What is about to be changed on another server. */
export type Change = Readonly<{
  /** The sort of change, in our words: `mark-watched`. */
  kind: string;
  /** Whose state changes: the server account, as the feature names it. */
  target: string;
  /** What it is about there: the item. */
  subject: string;
  payload: Json;
  /** What the target said before, where it was asked. */
  before?: Json;
  /** True for a state or a position, which may be set again when nobody can tell whether it was; false for what adds. */
  repeatable?: boolean;
}>;

export type JournalEntry = Required<Omit<Change, 'before'>> &
  Readonly<{
    id: number;
    before: Json | undefined;
    /** After this the call can no longer take effect, so the target may be looked at. */
    deadlineAt: Instant;
    state: JournalState;
    outcome: Json | undefined;
    createdAt: Instant;
    finishedAt: Instant | undefined;
  }>;

export type JournalFilter = Readonly<{
  kind?: string;
  target?: string;
  /** Any of these. */
  targets?: readonly string[];
  subject?: string;
  states?: readonly JournalState[];
}>;

const fromText = (text: string | null): Json | undefined => (text === null ? undefined : (JSON.parse(text) as Json));

const entryOf = (row: Selectable<JournalTables['journal']>): JournalEntry => ({
  id: row.id,
  kind: row.kind,
  target: row.target,
  subject: row.subject,
  payload: fromText(row.payload) ?? null,
  before: fromText(row.before),
  repeatable: row.repeatable === 1,
  deadlineAt: row.deadline_at,
  state: row.state as JournalState,
  outcome: fromText(row.outcome),
  createdAt: row.created_at,
  finishedAt: row.finished_at ?? undefined,
});

export type JournalStore = ReturnType<typeof createJournalStore>;

export function createJournalStore(database: Database) {
  const db = database.tables<JournalTables>();
  // Two for each change, of which many are under way at once.
  const write = createGroupedWrites(database);

  const matching = (filter: JournalFilter) => {
    let query = db.selectFrom('journal');
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
    if (filter.target !== undefined) query = query.where('target', '=', filter.target);
    if (filter.targets !== undefined) query = query.where('target', 'in', textList(database.kind, filter.targets));
    if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
    if (filter.states !== undefined) query = query.where('state', 'in', filter.states.length > 0 ? [...filter.states] : ['']);
    return query;
  };

  return {
    async insert(change: Change, deadlineAt: Instant, now: Instant): Promise<number> {
      const values = {
        kind: change.kind,
        target: change.target,
        subject: change.subject,
        payload: JSON.stringify(change.payload),
        before: change.before === undefined ? null : JSON.stringify(change.before),
        repeatable: change.repeatable ? 1 : 0,
        deadline_at: deadlineAt,
        state: 'intended',
        created_at: now,
      };
      const { id } = await write((handle) =>
        handle.tables<JournalTables>().insertInto('journal').values(values).returning('id').executeTakeFirstOrThrow(),
      );
      return id;
    },

    /** True where the entry was still open: an outcome is written once. */
    async finish(id: number, state: Exclude<JournalState, 'intended'>, outcome: Json | undefined, now: Instant): Promise<boolean> {
      const set = { state, outcome: outcome === undefined ? null : JSON.stringify(outcome), finished_at: now };
      const done = await write((handle) =>
        handle
          .tables<JournalTables>()
          .updateTable('journal')
          .set(set)
          .where('id', '=', id)
          .where('state', '=', 'intended')
          .executeTakeFirst(),
      );
      return done.numUpdatedRows === 1n;
    },

    async find(id: number): Promise<JournalEntry | undefined> {
      const row = await db.selectFrom('journal').selectAll().where('id', '=', id).executeTakeFirst();
      return row && entryOf(row);
    },

    async listOpen(filter: Omit<JournalFilter, 'states'>): Promise<JournalEntry[]> {
      const rows = await matching({ ...filter, states: ['intended'] })
        .selectAll()
        .orderBy('id')
        .execute();
      return rows.map(entryOf);
    },

    async page(filter: JournalFilter, page: number, perPage: number): Promise<{ entries: JournalEntry[]; total: number }> {
      const rows = await matching(filter)
        .selectAll()
        .orderBy('id', 'desc')
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute();
      const { total } = await matching(filter)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { entries: rows.map(entryOf), total };
    },

    async deleteFinishedBefore(instant: Instant): Promise<number> {
      const done = await db
        .deleteFrom('journal')
        .where('state', 'in', ['confirmed', 'failed'])
        .where('finished_at', '<', instant)
        .executeTakeFirst();
      return Number(done.numDeletedRows);
    },
  };
}
