import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { jobId } from '#kernel/ids.ts';
import type { Job, JobContext, JobQueue } from './jobs.port.ts';
import { gate, hasCode, type JobsBench, job, useDesk, within } from './jobs-bench.contract.ts';

/** The half of the contract that people and operators see: changing, stopping, and several drivers on one store. */
export function describeJobDeskContract(name: string, openBench: () => Promise<JobsBench>): void {
  describe(`the job queue on ${name}`, () => {
    const desk = useDesk(openBench);

    describe('for people', () => {
      it('cancels a pending job', async () => {
        const { id } = await desk.queue.enqueue(job({ runAt: Date.now() + 60_000 }));
        await desk.queue.cancel(id);
        expect(await desk.queue.get(id)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
        await expect(desk.queue.cancel(id)).rejects.toSatisfy(hasCode('conflict'));
      });

      it.each(['the same process', 'another process'])('aborts a job that runs in %s', async (where) => {
        let context: JobContext | undefined;
        desk.queue.handle('test:job', async (_given, given) => {
          context = given;
          await sleep(20_000, undefined, { signal: given.signal });
        });
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job({ maxAttempts: 3 }));
        await expect.poll(() => context, { timeout: 20_000 }).toBeDefined();
        await (where === 'the same process' ? desk.queue : desk.open()).cancel(id);
        expect(await desk.queue.settled(id, within())).toMatchObject({ status: 'cancelled', attempts: 1 });
        expect(context?.signal.reason).toSatisfy(hasCode('cancelled'));
      });

      it('lists by name, status, lane and person, newest first, a page at a time', async () => {
        const later = { runAt: Date.now() + 60_000 };
        for (const n of [1, 2, 3]) await desk.queue.enqueue(job({ ...later, name: `system:Task_${n}`, person: n }));
        await desk.queue.enqueue(job({ ...later, name: 'process:push', lane: 'push:emby' }));
        const names = async (...args: Parameters<JobQueue['list']>) => (await desk.queue.list(...args)).jobs.map((each: Job) => each.name);
        expect(await names({ nameContains: 'SYSTEM:TASK_' }, 1, 2)).toEqual(['system:Task_3', 'system:Task_2']);
        expect(await names({ nameContains: 'system:task_' }, 2, 2)).toEqual(['system:Task_1']);
        expect((await desk.queue.list({ nameContains: 'system:task_' }, 2, 2)).total).toBe(3);
        expect(await names({ nameContains: '%' }, 1, 9)).toEqual([]);
        expect(await names({ lane: 'push:emby', statuses: ['pending', 'failed'] }, 1, 9)).toEqual(['process:push']);
        expect(await names({ person: 2 }, 1, 9)).toEqual(['system:Task_2']);
        expect(await names({ concerns: [2, 3] }, 1, 9)).toEqual(['process:push', 'system:Task_3', 'system:Task_2']);
        expect(await names({ concerns: [] }, 1, 9)).toEqual(['process:push']);
        expect(await names({ name: 'process:push', statuses: ['completed'] }, 1, 9)).toEqual([]);
        expect(await names({ statuses: [] }, 1, 9)).toEqual([]);
        expect(await desk.queue.stats({ person: 2 })).toEqual({ pending: 1, running: 0, completed: 0, failed: 0, cancelled: 0 });
        expect(await desk.queue.stats()).toEqual({ pending: 4, running: 0, completed: 0, failed: 0, cancelled: 0 });
      });

      it('lists what is of one family of references', async () => {
        const later = { runAt: Date.now() + 60_000 };
        for (const reference of ['task:index', 'task:index:kim', 'task:index#--dry-run', 'task:indexes', 'task:inde_']) {
          await desk.queue.enqueue(job({ ...later, reference }));
        }
        const of = async (referenceFamily: string) => (await desk.queue.list({ referenceFamily }, 1, 9)).jobs.map((each) => each.reference);
        expect(await of('task:index')).toEqual(['task:index#--dry-run', 'task:index:kim', 'task:index']);
        expect(await of('task:inde_')).toEqual(['task:inde_']);
      });

      it('shows what is open, and what was asked for since, even where it has ended', async () => {
        const names = ({ jobs }: Awaited<ReturnType<JobQueue['watch']>>): string[] => jobs.map((each) => `${each.name} ${each.status}`);
        const first = await desk.queue.enqueue(job({ name: 'one' }));
        await desk.queue.cancel(first.id);
        await desk.queue.enqueue(job({ name: 'two', runAt: Date.now() + 60_000 }));
        const start = await desk.queue.watch();
        expect(names(start)).toEqual(['two pending']);
        expect(await desk.queue.watch(start.mark)).toEqual({ ...start });
        const third = await desk.queue.enqueue(job({ name: 'three' }));
        await desk.queue.cancel(third.id);
        const next = await desk.queue.watch(start.mark);
        expect(names(next)).toEqual(['two pending', 'three cancelled']);
        expect(names(await desk.queue.watch(next.mark))).toEqual(['two pending']);
      });

      it('changes, runs again and deletes what does not run', async () => {
        desk.queue.handle('test:job', async (given, { log }) => {
          log('info', 'Once');
          return given.payload.v ?? null;
        });
        await desk.queue.start();
        const { id } = await desk.run({ payload: { v: 1 } });
        await desk.queue.update(id, { payload: { v: 2 }, status: 'pending', resetLogs: true });
        const again = await desk.queue.settled(id, within());
        expect(again).toMatchObject({ status: 'completed', result: 2, attempts: 1 });
        expect(again.logs).toHaveLength(1);
        expect(await desk.queue.update(id, { status: 'failed' })).toMatchObject({ status: 'failed' });
        await desk.queue.delete(id);
        await expect(desk.queue.get(id)).rejects.toSatisfy(hasCode('not-found'));
      });

      it('refuses to change or delete what runs, and what is not there', async () => {
        const hold = gate();
        desk.queue.handle('test:job', () => hold.opened);
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job());
        await expect.poll(async () => (await desk.queue.get(id)).status, { timeout: 20_000 }).toBe('running');
        await expect(desk.queue.delete(id)).rejects.toSatisfy(hasCode('conflict'));
        await expect(desk.queue.update(id, { name: 'x' })).rejects.toSatisfy(hasCode('conflict'));
        await expect(desk.queue.delay(id, 0)).rejects.toSatisfy(hasCode('conflict'));
        await expect(desk.queue.cancel(jobId('none'))).rejects.toSatisfy(hasCode('not-found'));
        await expect(desk.queue.settled(id, within(30))).rejects.toSatisfy(hasCode('cancelled'));
        hold.open();
        await desk.queue.settled(id, within());
      });

      it('will not put a second job of one reference among the waiting', async () => {
        const later = { runAt: Date.now() + 60_000, reference: 'r' };
        const { id } = await desk.queue.enqueue(job(later));
        await desk.queue.cancel(id);
        await desk.queue.enqueue(job(later));
        await expect(desk.queue.update(id, { status: 'pending' })).rejects.toSatisfy(hasCode('conflict'));
      });

      it('forgets what ended long ago', async () => {
        desk.queue.handle('test:job', async () => undefined);
        await desk.queue.start();
        const { finishedAt = 0 } = await desk.run();
        const kept = await desk.queue.enqueue(job({ runAt: Date.now() + 60_000 }));
        expect(await desk.queue.prune(finishedAt)).toBe(0);
        expect(await desk.queue.prune(finishedAt + 1)).toBe(1);
        expect((await desk.queue.list({}, 1, 9)).jobs.map((each) => each.id)).toEqual([kept.id]);
      });
    });

    describe('when it stops', () => {
      it('waits for what is nearly done, and takes nothing new', async () => {
        let ran = 0;
        desk.queue.handle('test:job', async () => {
          ran += 1;
          await sleep(80);
        });
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job());
        const next = await desk.queue.enqueue(job());
        await expect.poll(() => ran, { timeout: 20_000 }).toBe(1);
        await desk.queue.stop(5_000);
        expect(await desk.queue.get(id)).toMatchObject({ status: 'completed' });
        expect(await desk.queue.get(next.id)).toMatchObject({ status: 'pending' });
      });

      it.each(['heeds', 'ignores'])('gives back a long job that %s the signal, its attempt not counted', async (manner) => {
        const hold = gate();
        let started = false;
        desk.queue.handle('test:job', async (_given, { signal }) => {
          started = true;
          await (manner === 'heeds' ? sleep(20_000, undefined, { signal }) : hold.opened);
        });
        await desk.queue.start();
        const { id } = await desk.queue.enqueue(job());
        await expect.poll(() => started, { timeout: 20_000 }).toBe(true);
        await desk.queue.stop(100);
        expect(await desk.queue.get(id)).toMatchObject({ status: 'pending', attempts: 0, error: undefined });
        hold.open();

        const next = desk.open();
        next.handle('test:job', async () => 'resumed');
        await next.start();
        expect(await next.settled(id, within())).toMatchObject({ status: 'completed', result: 'resumed', attempts: 1 });
      });
    });

    describe('with several drivers', () => {
      it('never gives a job to two of them', async () => {
        const seen: unknown[] = [];
        const drivers = [desk.queue];
        for (let n = 0; n < 2; n += 1) {
          await desk.bench.connect();
          drivers.push(desk.open());
        }
        for (const driver of drivers) {
          driver.handle('test:job', async (given) => {
            seen.push(given.payload.n);
          });
        }
        const ids = await Promise.all(
          Array.from({ length: 40 }, (_none, n) => desk.queue.enqueue(job({ lane: 'interactive', payload: { n } }))),
        );
        await Promise.all(drivers.map((driver) => driver.start()));
        for (const { id } of ids) await desk.queue.settled(id, within());
        expect(seen.toSorted((one, other) => Number(one) - Number(other))).toEqual(Array.from({ length: 40 }, (_none, n) => n));
      });

      it('leaves the lanes of one to that one', async () => {
        await desk.bench.connect();
        const other = desk.open({ runs: (lane) => lane === 'bulk' });
        const main = desk.open({ runs: (lane) => lane !== 'bulk' });
        other.handle('test:job', async () => 'worker');
        main.handle('test:job', async () => 'main');
        await Promise.all([other.start(), main.start()]);
        const bulk = await main.enqueue(job({ lane: 'bulk' }));
        const hook = await other.enqueue(job({ lane: 'hooks' }));
        expect(await main.settled(bulk.id, within())).toMatchObject({ result: 'worker' });
        expect(await main.settled(hook.id, within())).toMatchObject({ result: 'main' });
      });
    });
  });
}
