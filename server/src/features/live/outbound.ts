import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Job, JobStatus } from '#platform/jobs/index.ts';
import type { Topic } from './topics.ts';

/** Whose it is: a person's, the house's (for those who see everybody), or everybody's. */
export type Whose = PersonId | 'house' | 'everybody';

/** What stays if it is cancelled now. */
export type Keeps = 'what-was-done' | 'whole-files' | 'nothing-changes' | 'all-again';

/** Work as it goes. */
export type LiveJob = Readonly<{
  id: string;
  name: string;
  /** The task that it is a run of. */
  task: string | undefined;
  person: PersonId | undefined;
  lane: string;
  /** `gone`: it has ended and is not kept. */
  state: JobStatus | 'gone';
  done: number | undefined;
  total: number | undefined;
  text: string | undefined;
  /** Of what is counted, for each second, over the last ten; undefined while nobody can tell. */
  rate: number | undefined;
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  error: Job['error'];
  keeps: Keeps;
}>;

export type OutboundBody = Readonly<{ kind: 'job'; job: LiveJob } | { kind: 'changed'; topic: Topic }>;
export type Outbound = OutboundBody & Readonly<{ n: number; whose: Whose }>;

/** Of one key the last is enough. */
export const keyOf = (out: Outbound): string => (out.kind === 'job' ? `job:${out.job.id}` : `topic:${out.topic}:${out.whose}`);
