import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { gate, type JobsBench, job, useDesk, within } from './jobs-bench.contract.ts';
import { describeJobDeskContract } from './jobs-desk.contract.ts';

export { type JobsBench, TEST_RETRY_MS } from './jobs-bench.contract.ts';

/** What every driver of the queue promises. */
export function describeJobsContract(name: string, openBench: () => Promise<JobsBench>): void {
  describe(`the job queue on ${name}`, () => {
    const desk = useDesk(openBench);

    describe('runs', () => {
      it('a job, and keeps its result, log and progress', async () => {
        desk.queue.handle('test:job', async (given, { log, progress }) => {
          log('info', 'Reading the library');
          progress(3, 10, 'items');
          return { seen: given.payload.library ?? null };
        });
        await desk.queue.start();
        const done = await desk.run({ payload: { library: 'Films' }, person: 7 });
        expect(done).toMatchObject({
          status: 'completed',
          attempts: 1,
          person: 7,
          result: { seen: 'Films' },
          progress: { done: 3, total: 10, text: 'items' },
          error: undefined,
        });
        expect(done.logs.map(({ level, text }) => ({ level, text }))).toEqual([{ level: 'info', text: 'Reading the library' }]);
        expect(done.finishedAt).toBeGreaterThanOrEqual(done.startedAt ?? Number.POSITIVE_INFINITY);
      });

      it('what was enqueued before the start', async () => {
        desk.queue.handle('test:job', async () => 'late');
        const { id } = await desk.queue.enqueue(job());
        await desk.queue.start();
        expect(await desk.queue.settled(id, within())).toMatchObject({ status: 'completed', result: 'late' });
      });

      it('nothing before its time', async () => {
        let ran = 0;
        desk.queue.handle('test:job', async () => {
          ran += 1;
        });
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job({ runAt: Date.now() + 60_000 }));
        await desk.run({ reference: 'another' });
        expect(ran).toBe(1);
        await desk.queue.delay(id, Date.now());
        desk.queue.wake();
        expect(await desk.queue.settled(id, within())).toMatchObject({ status: 'completed' });
      });

      it('the jobs of a lane one after the other, in their order', async () => {
        const seen: string[] = [];
        desk.queue.handle('test:job', async (given) => {
          seen.push(`+${given.payload.n}`);
          await sleep(15);
          seen.push(`-${given.payload.n}`);
        });
        for (const n of [1, 2, 3]) await desk.queue.enqueue(job({ lane: 'push:plex', payload: { n } }));
        await desk.queue.start();
        await desk.run({ lane: 'push:plex', payload: { n: 4 } });
        expect(seen).toEqual(['+1', '-1', '+2', '-2', '+3', '-3', '+4', '-4']);
      });

      it('other lanes while one is stuck', async () => {
        const stuck = gate();
        desk.queue.handle('stuck', () => stuck.opened);
        desk.queue.handle('test:job', async () => 'done');
        await desk.queue.start();
        await desk.queue.enqueue({ name: 'stuck', lane: 'push:plex' });
        for (const lane of ['push:emby', 'hooks', 'interactive', 'schedule', 'bulk'] as const) {
          // bulk stands at the end: nothing that it yields to is left by then
          expect(await desk.run({ lane })).toMatchObject({ status: 'completed' });
        }
        stuck.open();
      });

      it('several interactive jobs at once', async () => {
        const all = gate();
        let running = 0;
        desk.queue.handle('test:job', async () => {
          running += 1;
          if (running === 4) all.open();
          await all.opened;
        });
        await desk.queue.start();
        const ids = await Promise.all([1, 2, 3, 4].map(() => desk.queue.enqueue(job({ lane: 'interactive' }))));
        for (const { id } of ids) expect(await desk.queue.settled(id, within())).toMatchObject({ status: 'completed' });
      });

      it('bulk work after what somebody waits for', async () => {
        const seen: string[] = [];
        const first = gate();
        desk.queue.handle('test:job', async (given, { breathe }) => {
          if (given.lane === 'hooks') await first.opened;
          await breathe();
          seen.push(given.lane);
        });
        await desk.queue.enqueue(job({ lane: 'bulk' }));
        await desk.queue.enqueue(job({ lane: 'hooks' }));
        await desk.queue.start();
        await sleep(150);
        expect(seen).toEqual([]);
        first.open();
        await desk.run({ lane: 'bulk' });
        expect(seen).toEqual(['hooks', 'bulk', 'bulk']);
      });

      it('a job that nobody handles into a failure that names it', async () => {
        await desk.queue.start();
        expect(await desk.run({ name: 'unheard:of' })).toMatchObject({
          status: 'failed',
          error: { code: 'misconfigured', message: expect.stringContaining('unheard:of') },
        });
      });
    });

    describe('after a fault', () => {
      it('tries again as often as allowed, and then fails', async () => {
        let calls = 0;
        desk.queue.handle('test:job', async () => {
          calls += 1;
          throw new AppError('upstream-timeout', `Plex did not answer (${calls})`);
        });
        await desk.queue.start();
        const failed = await desk.run({ maxAttempts: 3 });
        expect(failed).toMatchObject({
          status: 'failed',
          attempts: 3,
          error: { code: 'upstream-timeout', message: 'Plex did not answer (3)' },
        });
        expect(failed.logs.map((line) => line.text)).toEqual([1, 2, 3].map((n) => `Plex did not answer (${n})`));
      });

      it('succeeds where a later attempt does', async () => {
        desk.queue.handle('test:job', async (given) => {
          if (given.attempts < 2) throw new Error('not yet');
        });
        await desk.queue.start();
        expect(await desk.run({ maxAttempts: 5 })).toMatchObject({ status: 'completed', attempts: 2, error: undefined });
      });

      it('does not repeat what would only fail again', async () => {
        desk.queue.handle('test:job', async () => {
          throw new AppError('stopped-by-guard', 'Plan 5 would un-watch 30 items');
        });
        await desk.queue.start();
        expect(await desk.run({ maxAttempts: 5 })).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'stopped-by-guard' } });
      });

      it('waits as long as the fault asks for', async () => {
        desk.queue.handle('test:job', async () => {
          throw new AppError('upstream-rate-limited', 'Slow down', { retryAfterMs: 60_000 });
        });
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job({ maxAttempts: 2 }));
        await expect.poll(async () => (await desk.queue.get(id)).error?.code, { timeout: 20_000 }).toBe('upstream-rate-limited');
        const waiting = await desk.queue.get(id);
        expect(waiting.status).toBe('pending');
        expect(waiting.runAt).toBeGreaterThan(Date.now() + 50_000);
      });
    });

    describe('of one reference', () => {
      it('keeps one pending job, with the newest payload and the earliest time', async () => {
        const soon = Date.now() + 60_000;
        const first = await desk.queue.enqueue(job({ reference: 'r', payload: { v: 1 }, runAt: soon }));
        const second = await desk.queue.enqueue(job({ reference: 'r', payload: { v: 2 }, runAt: soon + 60_000 }));
        expect(first.coalesced).toBe(false);
        expect(second).toEqual({ id: first.id, coalesced: true });
        expect(await desk.queue.get(first.id)).toMatchObject({ payload: { v: 2 }, runAt: soon });
        expect((await desk.queue.list({ reference: 'r' }, 1, 10)).total).toBe(1);
      });

      it('adds another while one runs, and runs it only afterwards', async () => {
        const hold = gate();
        const seen: unknown[] = [];
        desk.queue.handle('test:job', async (given) => {
          seen.push(given.payload.v);
          if (given.payload.v === 1) await hold.opened;
        });
        await desk.queue.start();
        const first = await desk.queue.enqueue(job({ lane: 'interactive', reference: 'r', payload: { v: 1 } }));
        await expect.poll(() => seen, { timeout: 20_000 }).toEqual([1]);
        const second = await desk.queue.enqueue(job({ lane: 'interactive', reference: 'r', payload: { v: 2 } }));
        expect(second.id).not.toBe(first.id);
        await desk.run({ lane: 'interactive', payload: { v: 3 } });
        expect(seen).toEqual([1, 3]);
        hold.open();
        await desk.queue.settled(second.id, within());
        expect(seen).toEqual([1, 3, 2]);
      });

      it('lets the newer speak last where the older would be tried again', async () => {
        const started = gate();
        const hold = gate();
        const seen: unknown[] = [];
        desk.queue.handle('test:job', async (given) => {
          seen.push(given.payload.v);
          if (given.payload.v !== 1) return;
          started.open();
          await hold.opened;
          throw new AppError('upstream-timeout', 'No answer');
        });
        await desk.queue.start();
        const first = await desk.queue.enqueue(job({ reference: 'r', payload: { v: 1 }, maxAttempts: 3 }));
        await started.opened;
        const second = await desk.queue.enqueue(job({ reference: 'r', payload: { v: 2 }, maxAttempts: 3 }));
        hold.open();
        expect(await desk.queue.settled(second.id, within())).toMatchObject({ status: 'completed' });
        expect(await desk.queue.settled(first.id, within())).toMatchObject({ status: 'cancelled' });
        expect(seen).toEqual([1, 2]);
      });
    });

    describe('within a transaction', () => {
      it('is there when that has committed', async () => {
        desk.queue.handle('test:job', async () => 'after');
        await desk.queue.start();
        const { id } = await desk.bench.transaction((handle) => desk.queue.enqueue(job(), handle));
        expect(await desk.queue.settled(id, within())).toMatchObject({ result: 'after' });
      });

      it('is not there when that has not', async () => {
        let ran = false;
        desk.queue.handle('test:job', async () => {
          ran = true;
        });
        await desk.queue.start();
        const rolledBack = desk.bench.transaction(async (handle) => {
          await desk.queue.enqueue(job(), handle);
          throw new Error('changed my mind');
        });
        await expect(rolledBack).rejects.toThrow('changed my mind');
        await sleep(50);
        expect(ran).toBe(false);
        expect((await desk.queue.list({}, 1, 10)).total).toBe(0);
      });
    });
  });
  describeJobDeskContract(name, openBench);
}
