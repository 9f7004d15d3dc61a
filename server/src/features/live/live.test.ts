import { describe, expect, it } from 'vitest';
import type { Actor } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type PersonId, personId } from '#kernel/ids.ts';
import type { Job, JobWithLogs } from '#platform/jobs/index.ts';
import { silentLogger } from '#platform/logging/index.ts';
import { fc } from '#tests/support/properties.ts';
import { waitingJob } from '#tests/support/waiting-job.ts';
import type { LiveMessage } from './listener.ts';
import { createLive, type LiveDeps } from './live.ts';
import { type Topic, topicsOfVerb } from './topics.ts';

const KIM = personId(2);
const LEE = personId(3);
const OWNER: Actor = { kind: 'login', id: '1', name: 'owner', role: 'owner', personId: personId(1), scopes: ['read'] };
const personCalled = (id: PersonId): Actor => ({
  kind: 'login',
  id: String(id),
  name: `p${id}`,
  role: 'person',
  personId: id,
  scopes: ['read'],
});

/** A queue that a test moves by hand. */
function createQueue() {
  const rows: Job[] = [];
  const at = (id: string): number => rows.findIndex((row) => row.id === id);
  return {
    add(id: string, more: Partial<Job> = {}): void {
      const begun = { status: 'running', attempts: 1, startedAt: 0, heartbeatAt: 0 } as const;
      rows.push(waitingJob(id, { payload: { name: 'import' }, ...begun, ...more }));
    },
    set: (id: string, more: Partial<Job>): void => void rows.splice(at(id), 1, { ...(rows[at(id)] as Job), ...more }),
    remove: (id: string): void => void rows.splice(at(id), 1),
    jobs: {
      async watch(after = rows.length) {
        const open = rows.filter((row, index) => row.status === 'running' || row.status === 'pending' || index >= after);
        return { jobs: open, mark: rows.length };
      },
      async get(id: string): Promise<JobWithLogs> {
        const found = rows[at(id)];
        if (!found) throw new AppError('not-found', 'no such job');
        return { ...found, logs: [] };
      },
    },
  };
}

function bench(more: Partial<LiveDeps> = {}) {
  const queue = createQueue();
  let now = 1_000_000;
  const live = createLive({
    jobs: queue.jobs,
    clock: { now: () => now },
    isQuiet: () => false,
    keeps: () => 'what-was-done',
    sources: [],
    news: async () => [],
    touches: () => [],
    logger: silentLogger,
    lookMs: 5,
    ...more,
  });
  return {
    queue,
    live,
    later: (ms: number): void => {
      now += ms;
    },
    listen(actor: Actor, after?: string) {
      const ending = new AbortController();
      const heard: LiveMessage[] = [];
      const done = (async () => {
        for await (const message of live.listen(actor, { after, signal: ending.signal })) heard.push(message);
      })();
      const end = async (): Promise<LiveMessage[]> => {
        ending.abort();
        await done;
        return heard;
      };
      return { heard, end, until: (check: () => void) => expect.poll(() => check(), { timeout: 20_000 }) };
    },
  };
}

const isReady = (heard: readonly LiveMessage[]): boolean => heard.some(({ kind }) => kind === 'ready');
const topicsIn = (heard: readonly LiveMessage[]): string[] =>
  [...new Set(heard.flatMap((one) => (one.kind === 'changed' ? one.topics : [])))].sort();
const statesOf = (heard: readonly LiveMessage[], id: string): string[] =>
  heard.flatMap((one) => (one.kind === 'job' && one.job.id === id ? [one.job.state] : []));

describe('whoever listens', () => {
  it('is told first what runs, and then how it goes on and ends', async () => {
    const { queue, listen } = bench();
    queue.add('a', { progress: { done: 1, total: 10, text: 'Films' } });
    const { heard, end } = listen(OWNER);
    await expect.poll(() => isReady(heard)).toBe(true);
    expect(heard.map(({ kind }) => kind)).toEqual(['job', 'ready']);
    queue.set('a', { progress: { done: 5, total: 10, text: 'Films' } });
    await expect.poll(() => heard.some((one) => one.kind === 'job' && one.job.done === 5)).toBe(true);
    queue.set('a', { status: 'failed', finishedAt: 9, error: { code: 'upstream-timeout', message: 'Plex did not answer' } });
    await expect.poll(() => statesOf(heard, 'a').at(-1)).toBe('failed');
    await end();
    expect(topicsIn(heard)).toEqual(['jobs', 'tasks']);
  });

  it('hears of work that began and ended between two looks, and of work that is not kept', async () => {
    const { queue, listen } = bench();
    queue.add('kept');
    const { heard, end } = listen(OWNER);
    await expect.poll(() => isReady(heard)).toBe(true);
    queue.remove('kept');
    queue.add('short', { status: 'completed', finishedAt: 5 });
    queue.add('shorter', { status: 'completed', finishedAt: 5 });
    await expect.poll(() => statesOf(heard, 'kept').at(-1)).toBe('gone');
    await expect.poll(() => statesOf(heard, 'shorter')).toEqual(['completed']);
    await end();
  });

  it('is told a rate once it can be told, and none for another library', async () => {
    const { queue, listen, later } = bench();
    queue.add('a', { progress: { done: 0, total: 1_000, text: 'Films' } });
    const { heard, end } = listen(OWNER);
    const rates = (): unknown[] => heard.flatMap((one) => (one.kind === 'job' ? [one.job.rate] : []));
    await expect.poll(() => isReady(heard)).toBe(true);
    later(4_000);
    queue.set('a', { progress: { done: 200, total: 1_000, text: 'Films' } });
    await expect.poll(() => rates().at(-1)).toBe(50);
    later(4_000);
    queue.set('a', { progress: { done: 1, total: 9, text: 'Series' } });
    await expect.poll(() => rates().at(-1)).toBe(undefined);
    await end();
  });

  it.each([
    ['the owner', OWNER, ['house', 'kim', 'lee'], ['accounts', 'apps', 'plans', 'titles']],
    ['a person', personCalled(KIM), ['kim'], ['plans', 'titles']],
  ])('%s hears of what they may see', async (_name, actor, jobs, topics) => {
    const { queue, live, listen } = bench();
    const { heard, end } = listen(actor);
    await expect.poll(() => isReady(heard)).toBe(true);
    queue.add('house');
    queue.add('kim', { person: KIM });
    queue.add('lee', { person: LEE });
    const told: readonly (readonly [Topic, Parameters<typeof live.note>[1]])[] = [
      ['accounts', 'house'],
      ['apps', LEE],
      ['plans', KIM],
      ['titles', 'everybody'],
    ];
    for (const [topic, whose] of told) live.note(topic, whose);
    await expect.poll(() => statesOf(heard, 'kim')).toEqual(['running']);
    await expect.poll(() => topicsIn(heard)).toEqual(expect.arrayContaining(['titles', 'plans']));
    await end();
    expect(heard.flatMap((one) => (one.kind === 'job' ? [one.job.id] : [])).sort()).toEqual([...jobs].sort());
    expect(topicsIn(heard).filter((topic) => topic !== 'jobs' && topic !== 'tasks')).toEqual(topics);
  });

  it('goes on where they were, with what happened while nobody listened', async () => {
    let mark = 'one';
    const { queue, live, listen } = bench({ sources: [{ topic: 'doubts', look: async () => [{ whose: 'house', mark }] }] });
    queue.add('a');
    const first = listen(OWNER);
    await expect.poll(() => isReady(first.heard)).toBe(true);
    await first.end();
    queue.set('a', { status: 'completed', finishedAt: 3 });
    mark = 'two';
    live.note('settings', 'house');
    const second = listen(OWNER, first.heard.at(-1)?.id);
    await expect.poll(() => topicsIn(second.heard)).toEqual(expect.arrayContaining(['doubts', 'settings']));
    await second.end();
    expect(second.heard.find(({ kind }) => kind === 'ready')).toMatchObject({ resumed: true });
    expect(second.heard.some(({ kind }) => kind === 'reload')).toBe(false);
    expect(statesOf(second.heard, 'a')).toEqual(['completed']);
  });

  it.each(['another-run.3', 'nonsense', '', '.', '1e3'])('is told to read all of it again after the id %j', async (after) => {
    const { listen } = bench();
    const { heard, end } = listen(OWNER, after);
    await expect.poll(() => isReady(heard)).toBe(true);
    await end();
    expect(heard.map(({ kind }) => kind)).toEqual(['reload', 'ready']);
  });

  it('is told to read all of it again where more was said since than is kept', async () => {
    const { live, listen } = bench();
    const first = listen(OWNER);
    await expect.poll(() => isReady(first.heard)).toBe(true);
    await first.end();
    for (let n = 10; n < 1_012; n += 1) live.note('viewing', personId(n));
    const second = listen(OWNER, first.heard.at(-1)?.id);
    await expect.poll(() => isReady(second.heard)).toBe(true);
    await second.end();
    expect(second.heard[0]).toMatchObject({ kind: 'reload' });
  });

  it('and reads slowly has a bounded heap of news, and is told to read again', async () => {
    const { live } = bench();
    const ending = new AbortController();
    const messages = live.listen(OWNER, { signal: ending.signal })[Symbol.asyncIterator]();
    expect((await messages.next()).value).toMatchObject({ kind: 'ready' });
    for (let n = 10; n < 700; n += 1) live.note('viewing', personId(n));
    expect((await messages.next()).value).toMatchObject({ kind: 'reload' });
    expect((await messages.next()).value).toMatchObject({ kind: 'changed', topics: ['viewing'] });
    ending.abort();
  });

  it('loses nothing by a break between any two messages', async () => {
    const step = fc.record({
      topic: fc.constantFrom<Topic>('plans', 'bin', 'keys', 'viewing'),
      job: fc.constantFrom('a', 'b', 'c'),
      done: fc.nat(99),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(8), async (steps, cut) => {
        const { queue, live, listen } = bench();
        for (const id of ['a', 'b', 'c']) queue.add(id, { progress: { done: 1_000, total: undefined, text: undefined } });
        const first = listen(OWNER);
        await expect.poll(() => isReady(first.heard), { interval: 2 }).toBe(true);
        const start = first.heard.length;
        for (const { topic, job, done } of steps) {
          live.note(topic, 'house');
          queue.set(job, { progress: { done, total: undefined, text: undefined } });
        }
        const wanted = [...new Set(steps.map(({ topic }) => topic as string))].sort();
        await expect.poll(() => topicsIn(first.heard), { interval: 2, timeout: 20_000 }).toEqual(wanted);
        await first.end();
        const got = first.heard.slice(0, Math.min(first.heard.length, start + cut));
        const second = listen(OWNER, got.at(-1)?.id);
        await expect.poll(() => topicsIn([...got, ...second.heard]), { interval: 2, timeout: 20_000 }).toEqual(wanted);
        await second.end();
        for (const [id, done] of new Map(steps.map(({ job, done: last }) => [job, last]))) {
          const last = [...got, ...second.heard].findLast((one) => one.kind === 'job' && one.job.id === id);
          expect(last).toMatchObject({ job: { done } });
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is refused beside a dozen others of the same sign-in, and let in when one has gone', async () => {
    const { listen, live } = bench();
    const all = Array.from({ length: 12 }, () => listen(OWNER));
    for (const { heard } of all) await expect.poll(() => isReady(heard)).toBe(true);
    expect(() => live.listen(OWNER, { signal: AbortSignal.timeout(10) })).toThrow(/12 places/);
    await all[0]?.end();
    const again = listen(OWNER);
    await expect.poll(() => isReady(again.heard)).toBe(true);
    live.close();
    await Promise.all([...all, again].map(({ end }) => end()));
  });
});

it.each([
  ['account.added', ['accounts', 'activity', 'trackers']],
  ['plan.approved', ['activity', 'plans']],
  ['unheard.of', ['activity']],
])('%s touches %j', (verb, topics) => {
  expect([...topicsOfVerb(verb)].sort()).toEqual(topics);
});
