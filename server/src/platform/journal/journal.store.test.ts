import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { journalMigrations } from './journal.schema.store.ts';
import { createJournal, type Journal, type JournalEdge } from './journal.ts';

const change = {
  kind: 'mark-watched',
  target: 'account:1',
  subject: 'item:101',
  payload: { watched: true },
  before: { watched: false },
  deadlineMs: 1_000,
};

describe.each(DATABASES)('the journal on %s', (kind) => {
  let opened: TestDatabase;
  let now = 1_000;
  let edges: JournalEdge[];
  let journal: Journal;
  const clock = { now: () => now };

  beforeEach(async () => {
    now = 1_000;
    edges = [];
    opened = await openTestDatabase(kind, journalMigrations);
    journal = createJournal({ db: opened.database, clock, onEdge: (edge) => void edges.push(edge) });
  });
  afterEach(() => opened.close());

  const onlyEntry = async () => {
    const { entries, total } = await journal.list({}, 1, 10);
    expect(total).toBe(1);
    return entries[0];
  };
  const isConflict = (error: unknown): boolean => isAppError(error, 'conflict');

  it('has the intent committed before the call, and the outcome after it', async () => {
    const answer = await journal.run({
      ...change,
      call: async () => {
        // Another connection would see it: nothing of the journal is in an open transaction.
        expect(await onlyEntry()).toMatchObject({
          state: 'intended',
          deadlineAt: 2_000,
          before: { watched: false },
          finishedAt: undefined,
        });
        now = 1_300;
        return { status: 204 };
      },
      outcomeOf: (reply) => reply,
    });
    expect(answer).toEqual({ status: 204 });
    expect(await onlyEntry()).toMatchObject({ ...{ state: 'confirmed', outcome: { status: 204 }, createdAt: 1_000, finishedAt: 1_300 } });
    expect(edges).toEqual(['before-intent', 'after-intent', 'call-sent', 'answered', 'before-outcome']);
  });

  it.each([
    ['upstream-timeout', {}],
    ['upstream-unreachable', { sent: 'maybe' }],
    ['upstream-unreadable', {}],
    ['upstream-rejected', { status: 502 }],
    ['cancelled', {}],
  ] as const)('leaves the intent open after %s %o', async (code, details) => {
    const error = new AppError(code, 'It is not known', { details });
    await expect(journal.run({ ...change, call: () => Promise.reject(error) })).rejects.toBe(error);
    expect(await onlyEntry()).toMatchObject({ state: 'intended' });
    expect(edges).toEqual(['before-intent', 'after-intent', 'call-sent']);
  });

  it('leaves the intent open after a fault of our own', async () => {
    await expect(journal.run({ ...change, call: () => Promise.reject(new TypeError('oops')) })).rejects.toThrow('oops');
    expect(await onlyEntry()).toMatchObject({ state: 'intended' });
  });

  it.each([
    ['upstream-unauthorized', { status: 401 }],
    ['upstream-rejected', { status: 400 }],
    ['upstream-rejected', { status: 503 }],
    ['upstream-unreachable', { sent: 'no' }],
    ['upstream-rejected', { status: 500, permanent: true }],
  ] as const)('marks the change failed after %s %o', async (code, details) => {
    const error = new AppError(code, 'The server said no', { details });
    await expect(journal.run({ ...change, call: () => Promise.reject(error) })).rejects.toBe(error);
    expect(await onlyEntry()).toMatchObject({ state: 'failed', outcome: { code, message: 'The server said no' } });
  });

  it('tells open intents apart by their deadline', async () => {
    const first = await journal.intend(change);
    now = 1_500;
    const second = await journal.intend({ ...change, kind: 'scrobble', repeatable: false });
    now = 2_000;
    const { due, pending } = await journal.open();
    expect(due.map((entry) => entry.id)).toEqual([first]);
    expect(pending.map((entry) => entry.id)).toEqual([second]);
    expect((await journal.open({ kind: 'scrobble' })).due).toEqual([]);
  });

  it('does not offer a call that is under way, however long it takes', async () => {
    let finish: () => void = () => undefined;
    const running = journal.run({
      ...change,
      call: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    await expect.poll(() => edges, { timeout: 20_000 }).toContain('call-sent');
    now = 99_000;
    expect(await journal.open()).toEqual({ due: [], pending: [] });
    const other = createJournal({ db: opened.database, clock });
    expect((await other.open()).due).toHaveLength(1);
    finish();
    await running;
    expect((await other.open()).due).toEqual([]);
  });

  it('writes an outcome once', async () => {
    const id = await journal.intend({ ...change, repeatable: true });
    await journal.unconfirmed(id, 'The server does not tell how often it was watched');
    expect(await journal.get(id)).toMatchObject({
      state: 'unconfirmed',
      repeatable: true,
      outcome: { reason: 'The server does not tell how often it was watched' },
    });
    await expect(journal.confirm(id)).rejects.toSatisfy(isConflict);
    await expect(journal.fail(id + 1, {})).rejects.toSatisfy((error) => isAppError(error, 'not-found'));
  });

  it('lists by target, subject, kind and state, newest first', async () => {
    const ids: number[] = [];
    for (const subject of ['a', 'b', 'c']) ids.push(await journal.intend({ ...change, subject }));
    await journal.confirm(ids[1] ?? 0);
    expect((await journal.list({ target: 'account:1' }, 1, 2)).entries.map((entry) => entry.subject)).toEqual(['c', 'b']);
    expect((await journal.list({ target: 'account:1' }, 2, 2)).entries.map((entry) => entry.subject)).toEqual(['a']);
    expect((await journal.list({ states: ['confirmed', 'failed'] }, 1, 10)).entries.map((entry) => entry.subject)).toEqual(['b']);
    expect((await journal.list({ target: 'account:2' }, 1, 10)).total).toBe(0);
    expect((await journal.list({ states: [] }, 1, 10)).total).toBe(0);
    expect((await journal.list({ subject: 'a', kind: 'mark-watched' }, 1, 10)).total).toBe(1);
  });

  it('forgets the finished, never the open and the unconfirmed', async () => {
    const [confirmed, failed, unconfirmed, open] = [
      await journal.intend(change),
      await journal.intend(change),
      await journal.intend(change),
      await journal.intend(change),
    ];
    await journal.confirm(confirmed);
    await journal.fail(failed, { code: 'upstream-rejected' });
    await journal.unconfirmed(unconfirmed, 'nobody knows');
    expect(await journal.prune(1_000)).toBe(0);
    expect(await journal.prune(1_001)).toBe(2);
    expect((await journal.list({}, 1, 10)).entries.map((entry) => entry.id)).toEqual([open, unconfirmed]);
  });
});
