import type { Account } from '#core/connections/index.ts';
import type { JobId, PersonId } from '#kernel/ids.ts';
import type { Json } from '#kernel/json.ts';
import type { JobContext } from '#platform/jobs/index.ts';
import type { TaskFlag } from './task-args.ts';

/** What a task is, whoever carries it out. */
export type TaskSpec = Readonly<{
  /** How people, settings and the API name it. */
  name: string;
  /** Other names under which it may be asked for. */
  aliases?: readonly string[];
  description: string;
  /** The command line's name of the same work. */
  command: string;
  /** Five fields, in the zone of the installation. */
  cron: string;
  enabledByDefault: boolean;
  /** False: it runs whatever the settings say. */
  allowDisable: boolean;
  /** Left out of lists. Of its runs that ended well only the last is kept, since it runs too often for people to read. */
  hidden: boolean;
  /** It can be done for one person or one account; else it is the whole house's, and only for those who may act for everybody. */
  perPerson: boolean;
  /** The clock passes it over while no account wants it. */
  wantedBy?: (account: Account) => boolean;
  /** What it can be told. Anything else that would make it do less than usual is refused. */
  flags: readonly TaskFlag[];
  /** `bulk` yields to whoever waits; `schedule` is for work of milliseconds. */
  lane: 'bulk' | 'schedule';
}>;

/** One run, as whoever carries it out sees it. Without person and backend it is for all. */
export type TaskRequest = Readonly<{
  jobId: JobId;
  /** As they were given, those that the task does not know included. */
  args: readonly string[];
  flags: ReadonlySet<TaskFlag>;
  person?: PersonId;
  backend?: string;
}> &
  JobContext;

export type TaskDefinition = TaskSpec &
  Readonly<{
    /** What it answers is kept with the run. An error makes the run fail; its message should name whatever failed. */
    // biome-ignore lint/suspicious/noConfusingVoidType: a task without a return statement is a good task.
    run(request: TaskRequest): Promise<Json | void>;
  }>;
