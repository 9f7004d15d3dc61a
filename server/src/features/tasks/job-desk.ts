import { type Actor, mayActAs, requireRight } from '#core/access/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { jobId, personId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { Job, JobChange, JobFilter, JobQueue, JobStatus, JobWithLogs, NewJob } from '#platform/jobs/index.ts';
import { TASK_JOB } from './run-task.job.ts';
import { readWish } from './task-orders.ts';
import type { Tasks } from './tasks.ts';

/** Turns data that somebody wrote by hand into a job of a name, or throws `invalid` naming the member. */
export type JobMaker = (data: JsonObject, actor: Actor) => Promise<NewJob>;

export type JobDeskDeps = Readonly<{
  jobs: Pick<JobQueue, 'enqueue' | 'get' | 'list' | 'stats' | 'update' | 'delete' | 'prune'>;
  tasks: Pick<Tasks, 'jobFor' | 'asked' | 'actsForEverybody'>;
  clock: Clock;
  /** Other jobs that people may ask for, by name. */
  makers?: Readonly<Record<string, JobMaker>>;
}>;

export type DeskChange = Readonly<{ name?: string; data?: JsonObject; status?: Exclude<JobStatus, 'running'>; resetLogs?: boolean }>;

/** The queue, as people see it: all of it for those who act for everybody, and for anyone else only what is theirs. */
export type JobDesk = Readonly<{
  /** Newest first; `page` counts from 1. */
  list(
    filter: Pick<JobFilter, 'nameContains' | 'statuses'>,
    page: Readonly<{ page: number; perPage: number }>,
    actor: Actor,
  ): Promise<Readonly<{ jobs: readonly Job[]; total: number }>>;
  stats(actor: Actor): Promise<Readonly<Record<JobStatus, number>>>;
  /** Throws `not-found`, also for what belongs to somebody else. */
  get(id: string, actor: Actor): Promise<JobWithLogs>;
  /** Throws `invalid` naming `job` where nobody may ask for such a one by hand, or the member of the data that is wrong. */
  queue(wish: Readonly<{ name: string; data: JsonObject; delay?: Duration }>, actor: Actor): Promise<JobWithLogs>;
  /** Throws as `queue` does, and `conflict` while the job runs. */
  change(id: string, change: DeskChange, actor: Actor): Promise<JobWithLogs>;
  /** Answers what was deleted. Throws `conflict` while it runs. */
  remove(id: string, actor: Actor): Promise<Job>;
  /** Deletes every job that has ended; answers how many. Throws `forbidden` for those who act for one person. */
  clear(actor: Actor): Promise<number>;
}>;

const ID = /^[\w-]{1,64}$/;
const NOBODY = -1;

export function createJobDesk({ jobs, tasks, clock, makers = {} }: JobDeskDeps): JobDesk {
  const missing = (id: string): AppError => new AppError('not-found', `There is no job ${id}.`);

  const makerFor = (name: string): JobMaker | undefined => {
    if (name === TASK_JOB) return (data, actor) => tasks.jobFor(readWish(data), actor);
    return Object.hasOwn(makers, name) ? makers[name] : undefined;
  };

  function makerOf(name: string): JobMaker {
    const maker = makerFor(name);
    if (maker) return maker;
    throw invalid('job', `nothing by the name "${name}" can be asked for; there is ${[TASK_JOB, ...Object.keys(makers)].join(', ')}`);
  }

  async function get(id: string, actor: Actor): Promise<JobWithLogs> {
    if (!ID.test(id)) throw missing(id);
    const job = await jobs.get(jobId(id)).catch((error: unknown) => {
      throw isAppError(error, 'not-found') ? missing(id) : error;
    });
    const own = job.person !== undefined && mayActAs(actor, personId(job.person));
    if (!own && !(await tasks.actsForEverybody(actor))) throw missing(id);
    return job;
  }

  async function changeOf(job: Job, change: DeskChange, actor: Actor): Promise<JobChange> {
    const { status, resetLogs } = change;
    const plain = { ...(status !== undefined && { status }), ...(resetLogs !== undefined && { resetLogs }) };
    if (change.name === undefined && change.data === undefined) return plain;
    const made = await makerOf(change.name ?? job.name)(change.data ?? job.payload, actor);
    return { ...plain, name: made.name, ...(made.payload && { payload: made.payload }), reference: made.reference };
  }

  const seenBy = async (actor: Actor): Promise<Pick<JobFilter, 'person'>> =>
    (await tasks.actsForEverybody(actor)) ? {} : { person: actor.personId ?? NOBODY };

  return {
    list: async (filter, { page, perPage }, actor) => jobs.list({ ...filter, ...(await seenBy(actor)) }, page, perPage),
    stats: async (actor) => jobs.stats(await seenBy(actor)),
    get,
    async queue({ name, data, delay = 0 }, actor) {
      const job = await makerOf(name)(data, actor);
      const { id } = await jobs.enqueue({ ...job, ...(delay > 0 && { runAt: clock.now() + delay }) });
      if (name === TASK_JOB) await tasks.asked(id, String(job.payload?.name), actor);
      return jobs.get(id);
    },
    async change(id, change, actor) {
      const job = await get(id, actor);
      return jobs.update(job.id, await changeOf(job, change, actor));
    },
    async remove(id, actor) {
      const job = await get(id, actor);
      await jobs.delete(job.id);
      return job;
    },
    async clear(actor) {
      requireRight(actor, 'write');
      if (!(await tasks.actsForEverybody(actor))) {
        throw new AppError('forbidden', `${actor.name} acts for one person, and this would delete everybody's jobs.`);
      }
      return jobs.prune(clock.now() + 1);
    },
  };
}
