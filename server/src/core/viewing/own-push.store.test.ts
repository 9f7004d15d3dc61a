import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, copyId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createViewingStore } from './viewing.store.ts';

const account = accountId(1);
const copy = copyId(1);
const SENT = 1_000_000;
const SECOND = 1_000;

describe.each(DATABASES)('our own mark, noted before its call, on %s', (kind) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(kind);
  });
  afterEach(() => opened.close());

  async function afterHearing(played: boolean, at: number) {
    const viewing = createViewingStore(opened.database);
    const said = { copyId: copy, positionMs: 0, heard: true } as const;
    await viewing.saveObservations(account, [{ ...said, played: false, at: SENT - SECOND }]);
    await viewing.notePush(account, copy, { played: true, at: SENT });
    await viewing.saveObservations(account, [{ ...said, played, at }]);
    return (await viewing.observations(account, [copy])).get(copy)?.pushed;
  }

  it.each([
    ['is heard of when the server shows it', true, SENT + SECOND, false],
    ['is still owed when a page that was asked for before it arrives', false, SENT - 1, true],
    ['is still owed while the call is on its way and the server does not show it', false, SENT + SECOND, true],
    ['is not owed any more when its call can no longer take effect', false, SENT + 60 * SECOND, false],
  ])('%s', async (_name, played, at, owed) => {
    expect((await afterHearing(played, at)) !== undefined).toBe(owed);
  });

  it.each([
    ['shows the mark without its count, while that may be on its way', 1, SENT + SECOND, true],
    ['shows the mark with its count', 4, SENT + SECOND, false],
    ['shows the mark without its count, when that can no longer come', 1, SENT + 60 * SECOND, false],
    ['counts nothing', undefined, SENT + SECOND, false],
  ])('with a count, when the server %s', async (_name, playCount, at, owed) => {
    const viewing = createViewingStore(opened.database);
    const said = { copyId: copy, positionMs: 0, heard: true } as const;
    await viewing.saveObservations(account, [{ ...said, played: false, at: SENT - SECOND }]);
    await viewing.notePush(account, copy, { played: true, at: SENT, playedAt: 1, playCount: 4 });
    await viewing.saveObservations(account, [{ ...said, played: true, at, ...(playCount !== undefined && { playCount }) }]);
    const pushed = (await viewing.observations(account, [copy])).get(copy)?.pushed;
    expect(pushed).toEqual(owed ? { played: true, at: SENT, playedAt: 1, playCount: 4 } : undefined);
  });
});
