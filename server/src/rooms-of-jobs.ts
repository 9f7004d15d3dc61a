import type { HOUSE_TASKS } from '#features/tasks/index.ts';
import type { Job } from '#platform/jobs/index.ts';

const ROOM_OF_TASK: Readonly<Record<keyof typeof HOUSE_TASKS, string>> = {
  import: 'watch-sync',
  export: 'watch-sync',
  backup: 'upkeep',
  metadata: 'metadata',
  indexes: 'upkeep',
  validate: 'upkeep',
  prune: 'upkeep',
  trackers: 'tracker-sync',
  dispatch: 'tasks',
};

const ROOM_OF_JOB: Readonly<Record<string, string>> = {
  on_push: 'watch-sync',
  on_webhook: 'watch-sync',
  'plan:propose': 'watch-sync',
  'plan:apply': 'plans',
  'shelf:tell': 'shelf-sync',
  'tracker:sync': 'tracker-sync',
  restore: 'moving-in',
  'history:import': 'history-files',
  'anime:import': 'metadata',
  'scrobble:checkin': 'scrobbling',
  'requests:cycle': 'request-replication',
  'requests:poke': 'request-replication',
};

/** Which room a piece of work is of: what lines of the log and lists of work are sorted by. */
export function roomOfJob({ name, payload }: Pick<Job, 'name' | 'payload'>): string {
  if (name === 'system:task') {
    const task = String(payload.name);
    return Object.hasOwn(ROOM_OF_TASK, task) ? ROOM_OF_TASK[task as keyof typeof ROOM_OF_TASK] : 'tasks';
  }
  // `tracker:fill`, `metadata:wanted`: the first word is the room's.
  return ROOM_OF_JOB[name] ?? name.split(':')[0] ?? name;
}
