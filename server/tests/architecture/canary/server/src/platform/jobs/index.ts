export { createJobs } from './jobs.ts';
