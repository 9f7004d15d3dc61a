export { HOUSE_TASKS } from './house-tasks.ts';
export { createJobDesk, type DeskChange, type JobDesk, type JobDeskDeps, type JobMaker } from './job-desk.ts';
export type { TaskFlag } from './task-args.ts';
export type { TaskDefinition, TaskRequest, TaskSpec } from './task-definition.ts';
export type { TaskWish } from './task-orders.ts';
export { taskSettings } from './task-settings.ts';
export { createTasks, type TaskChange, type Tasks, type TasksDeps, type TaskView } from './tasks.ts';
