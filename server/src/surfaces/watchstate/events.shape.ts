import { Type } from '@fastify/type-provider-typebox';
import { invalid } from '#kernel/app-error.ts';
import { toAtom } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { JOB_STATUS_NUMBERS, type Job, type JobLogLine, type JobStatus, type JobWithLogs } from '#platform/jobs/index.ts';

const NAMES: Readonly<Record<JobStatus, string>> = {
  pending: 'Pending',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
const JOB_STATUSES = Object.keys(NAMES) as JobStatus[];

export const STATUSES = JOB_STATUSES.map((status) => ({ id: JOB_STATUS_NUMBERS[status], name: NAMES[status] }));

export const AnyObject = Type.Unsafe<JsonObject>(Type.Object({}, { additionalProperties: true }));

const fields = {
  id: Type.String(),
  event: Type.String(),
  status: Type.Integer(),
  status_name: Type.String(),
  event_data: AnyObject,
  options: AnyObject,
  attempts: Type.Integer(),
  reference: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
  updated_at: Type.String(),
  progress: Type.Union([
    Type.Object({ done: Type.Number(), total: Type.Optional(Type.Number()), text: Type.Optional(Type.String()) }),
    Type.Null(),
  ]),
  result: Type.Unsafe<Json>({}),
  error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
};
export const EventItem = Type.Object(fields);
export const EventDetail = Type.Object({ ...fields, logs: Type.Array(Type.String()) });

/** A job in the page's words; `progress`, `result` and `error` are ours. */
export function eventOf(job: Job) {
  // What was set to wait again is due at once, however long ago it was asked for.
  const isDelayed = job.status === 'pending' && job.attempts === 0 && job.runAt > job.updatedAt;
  const delayed = isDelayed ? Math.round((job.runAt - job.createdAt) / 1_000) : 0;
  const { done, total, text } = job.progress ?? { done: 0, total: undefined, text: undefined };
  return {
    id: job.id as string,
    event: job.name,
    status: JOB_STATUS_NUMBERS[job.status] as number,
    status_name: NAMES[job.status],
    event_data: job.payload,
    options: delayed > 0 ? { DELAY_BY: delayed } : {},
    attempts: job.attempts,
    reference: job.reference ?? null,
    created_at: toAtom(job.createdAt),
    updated_at: toAtom(job.updatedAt),
    progress: job.progress ? { done, ...(total !== undefined && { total }), ...(text !== undefined && { text }) } : null,
    result: job.result ?? null,
    error: job.error ?? null,
  };
}

const LEVELS: Readonly<Record<JobLogLine['level'], string>> = { debug: 'DEBUG', info: 'INFO', warn: 'WARNING', error: 'ERROR' };

export const eventDetailOf = (job: JobWithLogs) => ({
  ...eventOf(job),
  logs: job.logs.map(({ at, level, text }) => `[${toAtom(at)}] ${LEVELS[level]}: ${text}`),
});

export const statusNamed = (name: string): JobStatus | undefined => JOB_STATUSES.find((status) => status === name.toLowerCase());

/** What a person may set: an event runs when it runs. */
export function settableStatus(number: number): Exclude<JobStatus, 'running'> {
  const status = JOB_STATUSES.find((one) => JOB_STATUS_NUMBERS[one] === number);
  if (status === undefined || status === 'running') throw invalid('status', 'must be one of 0, 2, 3, 4');
  return status;
}
