import { createLive, type Keeps, type Live, type LiveSource, type LiveTopic, topicsOfVerb } from '#features/live/index.ts';
import { HOUSE_TASKS } from '#features/tasks/index.ts';
import type { Job } from '#platform/jobs/index.ts';
import type { ConflictDesk } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';

const QUIET: ReadonlySet<unknown> = new Set(Object.values(HOUSE_TASKS).flatMap(({ name, hidden }) => (hidden ? [name] : [])));

const HOUSE = 'house' as const;
const NEWEST = { offset: 0, limit: 100 } as const;

const isRunOf = (job: Job, name: string): boolean => job.name === 'system:task' && job.payload.name === name;

const isDry = ({ payload }: Job): boolean =>
  payload.apply === false || (Array.isArray(payload.args) && payload.args.some((word) => word === '--dry-run'));

/** What stays of each kind of work that is cancelled half-way. */
function keepsOf(job: Job): Keeps {
  if (isDry(job) || job.name === 'plan:propose') return 'nothing-changes';
  if (isRunOf(job, 'backup')) return 'whole-files';
  if (isRunOf(job, 'indexes') || job.name === 'anime:import') return 'all-again';
  return 'what-was-done';
}

/** What work changes without a word of its own; by its name, or that of its task. */
const TOUCHED: Readonly<Record<string, readonly LiveTopic[]>> = {
  'requests:cycle': ['requests', 'doubts'],
  'requests:poke': ['requests'],
  'plan:propose': ['plans'],
  'plan:apply': ['plans', 'doubts'],
  'tracker:sync': ['trackers'],
  on_webhook: ['titles', 'conflicts'],
  import: ['titles', 'conflicts', 'accounts'],
  export: ['accounts', 'doubts'],
  validate: ['titles'],
  metadata: ['titles'],
  'metadata:wanted': ['titles'],
  'moving-in': ['titles', 'people', 'accounts', 'settings'],
};

/** What the house tells whoever looks at it: work as it goes, and what has changed. */
export function createHouseLive(rooms: Rooms, conflicts: Pick<ConflictDesk, 'countOpen'>): Live {
  const { jobs, clock, logger, liveNotes, activity } = rooms;
  let read: number | undefined;
  const live = createLive({
    jobs,
    clock,
    logger,
    isQuiet: (job) => job.name === 'system:task' && QUIET.has(job.payload.name),
    keeps: keepsOf,
    touches: ({ name, task }) => TOUCHED[task ?? name] ?? [],
    sources: sourcesOf(rooms, conflicts),
    async news() {
      const { entries, mark } = await activity.since(read);
      read = mark;
      return entries.map(({ verb, personId }) => ({ whose: personId ?? HOUSE, topics: topicsOfVerb(verb) }));
    },
  });
  liveNotes.listen(live.note);
  return live;
}

/** What nobody tells of: it is looked at while somebody listens. */
function sourcesOf(
  { connections, plans, journal, desks, trackerSync, bin }: Rooms,
  conflicts: Pick<ConflictDesk, 'countOpen'>,
): readonly LiveSource[] {
  return [
    {
      topic: 'accounts',
      look: async () => (await connections.list()).map((account) => ({ whose: account.personId, mark: account })),
    },
    {
      topic: 'trackers',
      look: async () => (await trackerSync.list()).map((link) => ({ whose: link.personId, mark: link })),
    },
    {
      topic: 'plans',
      async look() {
        const { plans: newest, total } = await plans.list({}, NEWEST);
        return [...newest.map((plan) => ({ whose: plan.personId ?? HOUSE, mark: plan })), { whose: HOUSE, mark: total }];
      },
    },
    {
      topic: 'doubts',
      async look() {
        const { entries, total } = await journal.list({ states: ['unconfirmed'] }, 1, 1);
        return [{ whose: HOUSE, mark: [total, entries[0]?.id] }];
      },
    },
    {
      topic: 'conflicts',
      look: async () => [{ whose: HOUSE, mark: await conflicts.countOpen() }],
    },
    {
      topic: 'requests',
      look: async () => (await desks.list()).map(({ id, role, health }) => ({ whose: HOUSE, mark: [id, role, health] })),
    },
    {
      topic: 'bin',
      async look() {
        const { entries, total } = await bin.list({}, NEWEST);
        return [...entries.map((entry) => ({ whose: entry.personId ?? HOUSE, mark: entry.id })), { whose: HOUSE, mark: total }];
      },
    },
  ];
}
