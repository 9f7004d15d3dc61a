import type { Account } from '#core/connections/index.ts';
import { type Capability, createHome, type Decision, type Home, type HomeSource, type Viewer } from '#features/home/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Job, JobFilter } from '#platform/jobs/index.ts';
import type { ConflictDesk } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';

const ENDED: JobFilter['statuses'] = ['completed', 'failed', 'cancelled'];
const REFUSED: ReadonlySet<string> = new Set(['upstream-unauthorized', 'upstream-forbidden']);
const MOST = { offset: 0, limit: 200 } as const;

/** What the first page is made of: each part of it is read from the room that knows it. */
export function createHouseHome(rooms: Rooms, conflicts: Pick<ConflictDesk, 'list'>): Home {
  return createHome({
    logger: rooms.logger,
    decisions: { ...personalDecisions(rooms), ...houseDecisions(rooms, conflicts) },
    capabilities: capabilitiesOf(rooms),
    sources: sourcesOf(rooms),
  });
}

type Decide = Readonly<Record<string, (viewer: Viewer) => Promise<readonly Decision[]>>>;

/** What may be a person's own. */
function personalDecisions({ plans, connections, requestReplication, requests, watchSync, trackerSync }: Rooms): Decide {
  return {
    async plans({ person }) {
      const { plans: open } = await plans.list({ ...(person !== undefined && { personId: person }), states: ['proposed'] }, MOST);
      return open.map((plan) => ({
        kind: 'plan',
        id: plan.id,
        since: plan.createdAt,
        subject: plan.title,
        values: { feature: plan.feature, reason: plan.reason, ...plainIn(plan.summary) },
        person: plan.personId,
      }));
    },

    async requests() {
      const failed = await requestReplication.failed();
      const known = await requests.byIds(failed.map((one) => one.requestId));
      const titles = await requests.titlesOf(known);
      return failed.map((one) => {
        const request = known.find(({ id }) => id === one.requestId);
        return {
          kind: 'request-failed',
          id: `${one.requestId}@${one.subordinate}`,
          since: one.failedAt,
          subject: titles.get(one.requestId)?.title || `${one.kind === 'movie' ? 'Film' : 'Series'} ${one.tmdbId} of TMDB`,
          values: {
            request: one.requestId,
            fingerprint: one.fingerprint,
            subordinate: one.subordinate,
            error: one.error,
            unconfirmed: one.unconfirmed ? 1 : 0,
          },
          person: request?.requestedBy.personId,
        };
      });
    },

    async places({ person }) {
      const accounts = (await connections.list(person)).filter(isRefused);
      const links = (await trackerSync.list(person)).filter((link) => link.state === 'ended');
      return [
        ...accounts.map(
          (account): Decision => ({
            kind: 'place-refused',
            id: `account:${account.id}`,
            since: account.health.lastError?.at ?? account.updatedAt,
            subject: account.name,
            values: { place: account.server.type, error: account.health.lastError?.message ?? '' },
            person: account.personId,
          }),
        ),
        ...links.map(
          (link): Decision => ({
            kind: 'place-refused',
            id: `tracker:${link.id}`,
            since: link.lastError?.at ?? link.createdAt,
            subject: link.name,
            values: { place: link.vendor, error: link.lastError?.message ?? '' },
            person: link.personId,
          }),
        ),
      ];
    },

    async pushes({ person }) {
      const found: Decision[] = [];
      for (const account of await connections.list(person)) {
        const { failed, waiting } = await watchSync.pushStatus(account);
        if (failed === 0) continue;
        const since = account.health.lastError?.at ?? account.exportLastSync ?? account.createdAt;
        const values = { failed, waiting, place: account.server.type };
        found.push({ kind: 'push-failed', id: String(account.id), since, subject: account.name, values, person: account.personId });
      }
      return found;
    },
  };
}

/** What is the house's alone. */
function houseDecisions({ journal, requests, desks, jobs, tasks, events }: Rooms, conflicts: Pick<ConflictDesk, 'list'>): Decide {
  const own =
    (read: () => Promise<readonly Decision[]>) =>
    async ({ runsTheHouse }: Viewer): Promise<readonly Decision[]> =>
      runsTheHouse ? read() : [];
  return {
    conflicts: own(async () =>
      (await conflicts.list({ state: 'open', ...MOST })).map((conflict) => ({
        kind: 'conflict',
        id: String(conflict.id),
        since: conflict.createdAt,
        subject: conflict.copy?.title ?? conflict.candidates[0]?.title ?? `conflict ${conflict.id}`,
        values: { about: conflict.kind, reason: conflict.reason, candidates: conflict.candidates.length },
        person: undefined,
      })),
    ),
    doubts: own(async () => {
      const { entries } = await journal.list({ states: ['unconfirmed'] }, 1, MOST.limit);
      return entries.map((entry) => ({
        kind: 'change-in-doubt',
        id: String(entry.id),
        since: entry.createdAt,
        subject: entry.subject,
        values: { target: entry.target, change: entry.kind },
        person: undefined,
      }));
    }),
    people: own(async () => {
      const known = new Map((await desks.list()).map((desk) => [desk.id, desk]));
      return (await requests.users()).flatMap(({ deskId, user }) => {
        const desk = known.get(deskId);
        if (user.personId !== undefined || desk === undefined || desk.role === 'disabled') return [];
        const values = { desk: desk.name, email: user.email ?? '' };
        return [
          {
            kind: 'person-unmatched',
            id: `${deskId}:${user.id}`,
            since: desk.createdAt,
            subject: user.displayName,
            values,
            person: undefined,
          },
        ];
      });
    }),
    tasks: own(async () => {
      const found: Decision[] = [];
      for (const task of await tasks.list()) {
        const last = await lastRun(jobs, task.name);
        if (last?.status !== 'failed') continue;
        const values = { job: last.id, error: last.error?.message ?? '' };
        found.push({
          kind: 'task-failed',
          id: task.name,
          since: last.finishedAt ?? last.createdAt,
          subject: task.name,
          values,
          person: undefined,
        });
      }
      return found;
    }),
    events: own(async () =>
      (await events.deadLetters()).map((letter) => ({
        kind: 'event-undelivered',
        id: `${letter.subscriber}:${letter.id}`,
        since: letter.at,
        subject: letter.topic,
        values: { subscriber: letter.subscriber, error: letter.error },
        person: undefined,
      })),
    ),
  };
}

type Jobs = Rooms['jobs'];

const lastRun = async (jobs: Jobs, task: string): Promise<Job | undefined> =>
  (await jobs.list({ referenceFamily: `task:${task}`, ...(ENDED && { statuses: ENDED }) }, 1, 1)).jobs[0];

const lastOf = async (jobs: Jobs, name: string, person?: number): Promise<Job | undefined> =>
  (await jobs.list({ name, ...(ENDED && { statuses: ENDED }), ...(person !== undefined && { person }) }, 1, 1)).jobs[0];

const openOf = async (jobs: Jobs, filter: Omit<JobFilter, 'statuses'>): Promise<number> =>
  (await jobs.list({ ...filter, statuses: ['pending', 'running'] }, 1, 1)).total;

function doneBy(job: Job | undefined): Capability['last'] {
  if (job?.finishedAt === undefined) return undefined;
  return {
    at: job.finishedAt,
    tookMs: job.startedAt === undefined ? undefined : job.finishedAt - job.startedAt,
    state: job.status,
    error: job.error?.message,
    job: job.id,
    counts: plainIn(job.result),
  };
}

/** Numbers and texts of a result; what is deeper is for whoever opens the run. */
const plainIn = (value: unknown): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'number' || typeof entry[1] === 'string',
    ),
  );

function capabilitiesOf({ jobs, tasks, requestReplication, trackerSync }: Rooms) {
  const byTask =
    (id: string, task: string) =>
    async ({ runsTheHouse }: Viewer): Promise<readonly Capability[]> => {
      const { enabled, nextRun } = await tasks.get(task);
      const last = doneBy(await lastRun(jobs, task));
      const open = await openOf(jobs, { referenceFamily: `task:${task}` });
      // How a run of everybody went is told with what it counted to those who see everybody.
      return [
        {
          id,
          isOn: enabled,
          last: last && (runsTheHouse ? last : { ...last, error: undefined, job: undefined, counts: {} }),
          open,
          next: nextRun,
        },
      ];
    };
  const houses =
    (read: (viewer: Viewer) => Promise<readonly Capability[]>) =>
    async (viewer: Viewer): Promise<readonly Capability[]> =>
      viewer.runsTheHouse ? read(viewer) : [];
  return {
    import: byTask('import', 'import'),
    export: byTask('export', 'export'),
    requests: async ({ runsTheHouse }: Viewer): Promise<readonly Capability[]> => {
      const { state, nextPoll } = await requestReplication.status();
      if (state === 'disabled' && !runsTheHouse) return [];
      const last = doneBy(await lastOf(jobs, 'requests:cycle'));
      const shown = last && (runsTheHouse ? last : { ...last, error: undefined, job: undefined, counts: {} });
      const isOn = state === 'active' || state === 'initializing';
      return [
        { id: 'requests', isOn, last: shown, open: await openOf(jobs, { name: 'requests:cycle' }), next: isOn ? nextPoll : undefined },
      ];
    },
    trackers: async ({ person }: Viewer): Promise<readonly Capability[]> => {
      const links = (await trackerSync.list(person)).filter((link) => link.state === 'connected');
      if (links.length === 0) return [];
      const { nextRun } = await tasks.get('trackers');
      const last = doneBy(await lastOf(jobs, 'tracker:sync', person));
      return [
        {
          id: 'trackers',
          isOn: true,
          last,
          open: await openOf(jobs, { name: 'tracker:sync', ...(person !== undefined && { person }) }),
          next: nextRun,
        },
      ];
    },
    metadata: houses(byTask('metadata', 'metadata')),
    backup: houses(byTask('backup', 'backup')),
  };
}

const isRefused = ({ health }: Pick<Account, 'health'>): boolean =>
  health.state === 'degraded' && REFUSED.has(health.lastError?.code ?? '');

function stateOf(
  health: Readonly<{ state: 'unknown' | 'ok' | 'degraded'; lastError: Readonly<{ code: string }> | undefined }>,
): HomeSource['state'] {
  if (health.state === 'ok') return 'known';
  if (health.state === 'unknown') return 'new';
  return REFUSED.has(health.lastError?.code ?? '') ? 'refused' : 'unknown';
}

const troubleOf = (state: HomeSource['state'], error: Readonly<{ at: Instant; message: string }> | undefined): HomeSource['trouble'] =>
  error !== undefined && (state === 'unknown' || state === 'refused') ? { at: error.at, message: error.message } : undefined;

function sourcesOf({ connections, desks, trackerSync }: Rooms) {
  return {
    accounts: async ({ person }: Viewer): Promise<readonly HomeSource[]> =>
      (await connections.list(person)).map((account) => {
        const state = stateOf(account.health);
        return {
          kind: account.server.type,
          name: account.name,
          person: account.personId,
          state,
          knownAt: account.importLastSync,
          trouble: troubleOf(state, account.health.lastError),
        };
      }),
    desks: async (): Promise<readonly HomeSource[]> =>
      (await desks.list()).map((desk) => {
        const state = desk.role === 'disabled' ? 'off' : stateOf(desk.health);
        return {
          kind: 'seerr',
          name: desk.name,
          person: undefined,
          state,
          knownAt: desk.listedAt,
          trouble: troubleOf(state, desk.health.lastError),
        };
      }),
    trackers: async ({ person }: Viewer): Promise<readonly HomeSource[]> =>
      (await trackerSync.list(person)).map((link) => {
        const state = link.state === 'waiting' ? 'new' : link.state === 'ended' ? 'refused' : isTroubled(link) ? 'unknown' : 'known';
        return {
          kind: link.vendor,
          name: link.name,
          person: link.personId,
          state,
          knownAt: link.readAt,
          trouble: troubleOf(state, link.lastError),
        };
      }),
  };
}

/** Its last fault came after it was last in agreement. */
const isTroubled = ({ lastError, syncedAt }: Readonly<{ lastError?: Readonly<{ at: Instant }>; syncedAt?: Instant }>): boolean =>
  lastError !== undefined && lastError.at > (syncedAt ?? 0);
