import { type Actor, requireRight } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import type { Settings } from '#core/settings/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { JobId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Job, JobQueue, JobWithLogs, NewJob, Schedules } from '#platform/jobs/index.ts';
import { type Logger, silentLogger } from '#platform/logging/index.ts';
import { createTaskHandler, TASK_JOB } from './run-task.job.ts';
import type { TaskDefinition } from './task-definition.ts';
import { createTaskOrders, readWish, type TaskOrder, type TaskOrders, type TaskWish } from './task-orders.ts';
import { settingsOf } from './task-settings.ts';

export type TasksDeps = Readonly<{
  jobs: Pick<JobQueue, 'enqueue' | 'handle' | 'get' | 'list' | 'cancel' | 'delete'>;
  schedules: Pick<Schedules, 'set' | 'get'>;
  /** Its registry holds `taskSettings` of the same tasks. */
  settings: Pick<Settings, 'get' | 'set'>;
  people: Pick<People, 'byName' | 'list'>;
  connections: Pick<Connections, 'list'>;
  definitions: readonly TaskDefinition[];
  /** Whether the house has anything to look after yet: until then the clock asks for nothing. */
  isInUse(): Promise<boolean>;
  activity?: Pick<Activity, 'record'>;
  logger?: Logger;
}>;

export type TaskView = Readonly<{
  name: string;
  description: string;
  command: string;
  cron: string;
  args: readonly string[];
  enabled: boolean;
  hidden: boolean;
  allowDisable: boolean;
  /** By the clock; undefined while it is disabled. */
  nextRun: Instant | undefined;
  /** When the clock last named it, whether or not it ran. */
  previousRun: Instant | undefined;
}>;

export type TaskChange = Readonly<{ enabled?: boolean; cron?: string; args?: readonly string[] }>;

export type Tasks = Readonly<{
  /** All, hidden ones included, in the order of their definition. */
  list(): Promise<readonly TaskView[]>;
  /** Throws `not-found`, as all do that take a name. */
  get(name: string): Promise<TaskView>;
  /** Names of the tasks of which a run for just those whom the actor acts for waits or is under way. */
  queued(actor: Actor): Promise<readonly string[]>;
  /** Asks for a run with the task's own arguments. Throws `conflict` where one waits or is under way already. */
  queue(name: string, actor: Actor): Promise<JobWithLogs>;
  /** Cancels the run that waits. */
  dequeue(name: string, actor: Actor): Promise<'cancelled' | 'running' | 'not-queued'>;
  /** The job of a wish that was checked: `invalid` names the member, `forbidden` whom the actor may not act for. */
  jobFor(wish: TaskWish, actor: Actor): Promise<NewJob>;
  /** Writes down who asked for the run, once it is queued: its record names them. */
  asked(job: JobId, task: string, actor: Actor): Promise<void>;
  /** Throws `invalid` for a cron expression that is none, `forbidden` for a task that cannot be disabled or a pinned setting. */
  change(name: string, change: TaskChange, actor: Actor): Promise<TaskView>;
  /** Whether the actor may ask for runs of the whole house, and see all of them. */
  actsForEverybody(actor: Actor): Promise<boolean>;
  /** Registers what the queue does for us; before the queue's own start. */
  registerJobs(): void;
  /** Sets the schedules by the settings; before the schedules' own start, and again whenever the settings may have changed. */
  start(): Promise<void>;
}>;

const MOST_RUNS = 1_000;

/** The work that the clock asks for, and people too. */
export function createTasks(deps: TasksDeps): Tasks {
  const { jobs, schedules, settings, definitions, connections, logger = silentLogger } = deps;
  const orders: TaskOrders = createTaskOrders(deps);
  const known = new Map(definitions.map((definition) => [definition.name, { definition, settings: settingsOf(definition) }]));
  const armed = new Map<string, string>();

  function knownBy(name: string) {
    const found = known.get(orders.find(name)?.name ?? '');
    if (!found) throw new AppError('not-found', `There is no task "${name}".`);
    return found;
  }

  const chosen = async (name: string): Promise<Required<TaskChange>> => {
    const { definition, settings: own } = knownBy(name);
    return {
      enabled: definition.allowDisable ? await settings.get(own.enabled) : true,
      cron: await settings.get(own.cron),
      args: await settings.get(own.args),
    };
  };

  const jobOf = ({ definition, args, person, backend }: Omit<TaskOrder, 'read' | 'backends'>): NewJob => {
    const scope = [person?.name, backend];
    const words = [`task:${definition.name}`, ...(person || backend !== undefined ? scope.map((word) => word ?? '') : [])];
    return {
      name: TASK_JOB,
      lane: definition.lane,
      payload: {
        name: definition.name,
        args: [...args],
        ...(person && { identity: person.name }),
        ...(backend !== undefined && { backend }),
      },
      // A run that was told something stays apart: what it was told would be lost to the run that it is joined with.
      reference: `${words.join(':').replace(/:$/, '')}${args.length > 0 ? `#${args.join(' ')}` : ''}`,
      person: person?.id,
    };
  };

  async function set(definition: TaskDefinition, choice: Required<TaskChange>): Promise<void> {
    const { name, wantedBy } = definition;
    await schedules.set({
      id: name,
      cron: choice.cron,
      enabled: choice.enabled,
      job: jobOf({ definition, args: choice.args, person: undefined, backend: undefined }),
      async ready() {
        const now = await chosen(name);
        if (JSON.stringify(now) !== armed.get(name)) await arm(definition);
        return now.enabled && (wantedBy === undefined ? await deps.isInUse() : (await connections.list()).some(wantedBy));
      },
    });
    armed.set(name, JSON.stringify(choice));
  }

  /** Brings the schedule in line with the settings. An expression that is none gives way to the default, and is told. */
  async function arm(definition: TaskDefinition): Promise<void> {
    const choice = await chosen(definition.name);
    if (armed.get(definition.name) === JSON.stringify(choice)) return;
    await set(definition, choice).catch(async (err: unknown) => {
      if (!isAppError(err, 'invalid')) throw err;
      logger.error({ err, task: definition.name }, 'The task runs by its default times, since its setting names none');
      await set(definition, { ...choice, cron: definition.cron });
      armed.set(definition.name, JSON.stringify(choice));
    });
  }

  async function viewOf(definition: TaskDefinition): Promise<TaskView> {
    await arm(definition);
    const { args } = await chosen(definition.name);
    const { name, description, command, hidden, allowDisable } = definition;
    const { cron, enabled, next, previous } = schedules.get(name);
    return {
      name,
      description,
      command,
      cron,
      args,
      enabled,
      hidden,
      allowDisable,
      nextRun: enabled ? next : undefined,
      previousRun: enabled ? previous : undefined,
    };
  }

  /** The runs that wait or are under way, for just this scope: `undefined` is everybody. */
  async function runsOf(identity: string | undefined): Promise<readonly Readonly<{ job: Job; task: string }>[]> {
    const { jobs: active } = await jobs.list({ name: TASK_JOB, statuses: ['pending', 'running'] }, 1, MOST_RUNS);
    return active.flatMap((job) => {
      const wish = wishIn(job);
      const task = wish && orders.find(wish.name)?.name;
      return task !== undefined && wish?.identity === identity && wish?.backend === undefined ? [{ job, task }] : [];
    });
  }

  async function asked(job: JobId, task: string, { kind, id, name, personId }: Actor): Promise<void> {
    await deps.activity?.record({
      actor: { kind, id, name },
      verb: 'task.asked-for',
      subject: task,
      detail: { jobId: job },
      ...(personId !== undefined && { personId }),
    });
  }

  async function orderFor(name: string, actor: Actor): Promise<TaskOrder> {
    const { definition } = knownBy(name);
    const { args } = await chosen(definition.name);
    return orders.checkFor({ name: definition.name, args }, actor);
  }

  async function runsFor(name: string, actor: Actor) {
    const order = await orderFor(name, actor);
    return (await runsOf(order.person?.name)).filter((run) => run.task === order.definition.name);
  }

  async function scopeOf(actor: Actor): Promise<string | undefined> {
    if (await orders.actsForEverybody(actor)) return undefined;
    return (await deps.people.list()).find((person) => person.id === actor.personId)?.name ?? '';
  }

  return {
    async list() {
      const views: TaskView[] = [];
      for (const definition of definitions) views.push(await viewOf(definition));
      return views;
    },
    get: async (name) => viewOf(knownBy(name).definition),
    async queued(actor) {
      return [...new Set((await runsOf(await scopeOf(actor))).map((run) => run.task))];
    },
    async queue(name, actor) {
      const job = jobOf(await orderFor(name, actor));
      const taken = (await runsFor(name, actor)).length > 0;
      const made = taken ? undefined : await jobs.enqueue(job);
      if (!made || made.coalesced) throw new AppError('conflict', `The task "${name}" is queued already.`);
      await asked(made.id, knownBy(name).definition.name, actor);
      return jobs.get(made.id);
    },
    async dequeue(name, actor) {
      const runs = await runsFor(name, actor);
      const pending = runs.filter(({ job }) => job.status === 'pending');
      if (pending.length === 0) return runs.length > 0 ? 'running' : 'not-queued';
      for (const { job } of pending) await jobs.cancel(job.id);
      return 'cancelled';
    },
    jobFor: async (wish, actor) => jobOf(await orders.checkFor(wish, actor)),
    asked,
    async change(name, change, actor) {
      requireRight(actor, 'admin');
      const { definition, settings: own } = knownBy(name);
      if (change.enabled === false && !definition.allowDisable) {
        throw new AppError('forbidden', `The task "${definition.name}" cannot be disabled: the house would fill up without it.`);
      }
      if (change.args) await orders.checkAnew({ name: definition.name, args: change.args });
      const choice = { ...(await chosen(definition.name)), ...change };
      // The schedule refuses an expression that is none, before anything is stored.
      await set(definition, choice);
      try {
        if (change.enabled !== undefined) await settings.set(own.enabled, change.enabled, { actor });
        if (change.cron !== undefined) await settings.set(own.cron, change.cron, { actor });
        if (change.args !== undefined) await settings.set(own.args, [...change.args], { actor });
      } finally {
        await arm(definition);
      }
      return viewOf(definition);
    },
    actsForEverybody: orders.actsForEverybody,
    registerJobs: () => jobs.handle(TASK_JOB, createTaskHandler({ orders, jobs })),
    async start() {
      for (const definition of definitions) await arm(definition);
    },
  };
}

function wishIn(job: Job): TaskWish | undefined {
  try {
    return readWish(job.payload);
  } catch {
    return undefined;
  }
}
