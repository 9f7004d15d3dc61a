import { createHunting } from '#features/hunting/index.ts';
import { createJobs } from '#platform/jobs/index.ts';
export const huntarr = [createHunting, createJobs];
