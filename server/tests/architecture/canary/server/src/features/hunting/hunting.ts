import { createJobs } from '#platform/jobs/index.ts';
export const createHunting = () => createJobs;
