import { describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { accountId, mediaId, personId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { createReferenceCheck } from './check-references.ts';

describe('checking references', () => {
  let now = 0;
  let asked = 0;
  let fault: Error | undefined;
  const there = new Set(['1']);
  const connect = async () => ({
    async readItem(upstreamId: string) {
      asked += 1;
      if (fault) throw fault;
      return there.has(upstreamId) ? ({ upstreamId } as UpstreamItem) : undefined;
    },
  });
  const account = { id: accountId(1), name: 'attic' } as Account;
  const { check } = createReferenceCheck({ connections: { connect }, clock: { now: () => now } });
  const ask = (...upstreamIds: string[]) =>
    check({ person: personId(1), media: mediaId(1), references: upstreamIds.map((upstreamId) => ({ account, upstreamId })) });

  it('tells what is there from what is gone, and remembers it for ten minutes', async () => {
    const first = await ask('1', '2');
    expect(first).toEqual({
      cached: false,
      results: [
        { account: 'attic', upstreamId: '1', state: 'there' },
        { account: 'attic', upstreamId: '2', state: 'gone' },
      ],
    });
    now += minutes(10) - 1;
    expect(await ask('1', '2')).toEqual({ ...first, cached: true });
    expect(asked).toBe(2);
    expect((await ask('1')).cached).toBe(false);
    now += 1;
    expect((await ask('1', '2')).cached).toBe(false);
  });

  it('takes no silence for an answer, and keeps none', async () => {
    fault = new AppError('upstream-unreachable', 'attic does not answer.');
    const open = { account: 'attic', upstreamId: '3', state: 'unknown', reason: 'attic does not answer.' };
    expect(await ask('3')).toEqual({ cached: false, results: [open] });
    fault = undefined;
    expect(await ask('3')).toEqual({ cached: false, results: [{ account: 'attic', upstreamId: '3', state: 'gone' }] });
  });

  it('lets a fault of our own through', async () => {
    fault = new TypeError('a bug');
    await expect(ask('4')).rejects.toThrow('a bug');
  });
});
