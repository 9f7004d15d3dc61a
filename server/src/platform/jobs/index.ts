export { parseCron } from './cron.ts';
export { createJobs, type JobsDeps } from './embedded-jobs.ts';
export {
  JOB_STATUS_NUMBERS,
  type Job,
  type JobChange,
  type JobContext,
  type JobFault,
  type JobFilter,
  type JobHandler,
  type JobLogLine,
  type JobProgress,
  type JobQueue,
  type JobStatus,
  type JobWithLogs,
  type Lane,
  type LogLevel,
  type NewJob,
} from './jobs.port.ts';
export { jobMigrations } from './jobs.schema.store.ts';
export { newInstance } from './owner.ts';
export { isFinal } from './retry-delay.ts';
export { createSchedules, type ScheduledTask, type Schedules, type SchedulesDeps, type ScheduleView } from './schedules.ts';
