import { join } from 'node:path';
import { createAccess, jobActor } from '#core/access/index.ts';
import { createActivity } from '#core/activity/index.ts';
import { createBin } from '#core/bin/index.ts';
import { createConnections, createLocalFiles } from '#core/connections/index.ts';
import type { Events as Catalogue } from '#core/events.ts';
import { createIgnoreRules } from '#core/ignore-rules/index.ts';
import { createAnimeCoordinates, createCustomIds, createMatching, createTitleFacts } from '#core/media/index.ts';
import { createPeople } from '#core/people/index.ts';
import { createPlans } from '#core/plans/index.ts';
import { createDesks, createRequests } from '#core/requests/index.ts';
import { createSettings, type Settings } from '#core/settings/index.ts';
import { createHistory, createViewingStore } from '#core/viewing/index.ts';
import { createAppGrants, createApprovalDesk } from '#features/app-grants/index.ts';
import { createConnecting } from '#features/connecting/index.ts';
import { createDemoGate } from '#features/demo/index.ts';
import { createSuppressions } from '#features/diagnostics/index.ts';
import { createMappingImports } from '#features/metadata/index.ts';
import { createRequestReplication } from '#features/request-replication/index.ts';
import { createShelfSync } from '#features/shelf-sync/index.ts';
import { createTasks } from '#features/tasks/index.ts';
import { createTracker } from '#features/tracker/index.ts';
import { createTrackerSync, TRACKER_APP } from '#features/tracker-sync/index.ts';
import { createUpkeep } from '#features/upkeep/index.ts';
import { createRunHistory, createWatchSync, REPLAY } from '#features/watch-sync/index.ts';
import { looksLikeMapping, readAnimeMapping } from '#integrations/anime-lists/index.ts';
import { createSeerrDriver } from '#integrations/seerr/index.ts';
import { createSimklDriver, type SimklPace } from '#integrations/simkl/index.ts';
import { type Clock, type Duration, systemClock } from '#kernel/instant.ts';
import type { Config } from '#platform/config/index.ts';
import type { Database } from '#platform/db/index.ts';
import { createEvents } from '#platform/events/index.ts';
import { createJobs, createSchedules, type JobQueue, type Lane, newInstance } from '#platform/jobs/index.ts';
import { createJournal, type JournalDeps } from '#platform/journal/index.ts';
import { createLogging } from '#platform/logging/index.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { createHouseBin } from './house-bin.ts';
import { openMigrated } from './house-database.ts';
import { createHouseDemo } from './house-demo.ts';
import { createDrivers } from './house-drivers.ts';
import { houseGraph } from './house-graph.ts';
import { createHouseHistoryFiles } from './house-history-files.ts';
import { createHouseMetadata } from './house-metadata.ts';
import { createHouseMovingIn } from './house-moving-in.ts';
import { SETTINGS } from './house-settings.ts';
import { tasksOf } from './house-tasks.ts';
import { release } from './release.ts';
import { roomOfJob } from './rooms-of-jobs.ts';
import { createBell, createLiveNotes } from './thread-talk.ts';
import { createTitleRooms } from './title-rooms.ts';
import { createTrackerDesk } from './tracker-desk.ts';
import { createTrackingRooms } from './tracking-rooms.ts';

export type HouseOptions = Readonly<{
  config: Config;
  clock?: Clock;
  /** The same for all threads of a process. */
  instance?: string;
  /**
   * `whole`: everything in this thread. `front`: all but the bulk lane, which a worker thread takes. `bulk`: that thread.
   */
  role?: 'whole' | 'front' | 'bulk';
  /** Where plex.tv is; tests and the demo have their own. */
  plexTvUrl?: string;
  /** Where plex.tv keeps watchlists; likewise. */
  plexDiscoverUrl?: string;
  /** Where Simkl is, and how slowly it wants to be called; tests and the demo have their own. */
  simkl?: Readonly<{ apiUrl: string; siteUrl: string; pace: SimklPace }>;
  /** Where TMDB is; likewise. */
  tmdbUrl?: string;
  /** See watch-sync. */
  patienceMs?: Duration;
  callDeadlineMs?: Duration;
  /** Asks the other thread of the house, where there is one, to look for jobs and events. */
  ring?: () => void;
  /** Called at the edges of every journaled change: for tests that end the process there. */
  onEdge?: JournalDeps['onEdge'];
  /** Lines of the log; the standard output unless told. */
  logOutput?: Readonly<{ write(line: string): unknown }>;
}>;

const LANES: Readonly<Record<NonNullable<HouseOptions['role']>, (lane: Lane) => boolean>> = {
  whole: () => true,
  front: (lane) => lane !== 'bulk',
  bulk: (lane) => lane === 'bulk',
};

const BULK_POLL_MS = 100;

export type Rooms = Awaited<ReturnType<typeof createRooms>>;

/** Every room of the house, built by hand and connected, on a database whose schema is the latest. Nothing runs yet. */
export async function createRooms(options: HouseOptions) {
  const { config, clock = systemClock, role = 'whole', instance = newInstance() } = options;
  const secrets = createSecrets({ dataDir: config.dataDir, ...(config.secret !== undefined && { secret: config.secret }) });
  const logging = createLogging({
    level: config.logLevel,
    dir: join(config.dataDir, 'logs'),
    clock,
    timeZone: config.timeZone,
    secrets: [config.apiKey, config.secret, config.admin?.password],
    ...(options.logOutput && { output: options.logOutput }),
  });
  const logger = logging.logger('app');
  const { database, migrated } = await openMigrated(config, clock);

  const bell = createBell(options.ring);
  const events = createEvents<Catalogue>({ db: database, clock, logger: logging.logger('app', { room: 'events' }), onPublished: bell });
  const { publish } = events;
  const activity = createActivity({ database, clock });
  const people = createPeople({ database, clock, publish });
  const settingsOn = (on: Database): Settings => createSettings({ database: on, clock, secrets, definitions: SETTINGS });
  const settings = settingsOn(database);
  const matching = createMatching({ settings, database });
  await matching.load();
  const driversOf = (device: string) =>
    createDrivers({
      clock,
      deviceId: secrets.hmac('device', device).slice(0, 32),
      ownIds: () => matching.current().ownIds,
      urls: options,
    });
  const { drivers, plex } = driversOf(config.dataDir);
  // Under a name of their own: some servers end a user's older token of the same device where that user signs in anew.
  const driversAs = (purpose: string) => driversOf(`${config.dataDir} ${purpose}`).drivers;
  const signInDrivers = driversAs('sign-in');
  const demoGate = createDemoGate(database);
  const connections = createConnections({
    database,
    clock,
    secrets,
    drivers,
    publish,
    onSilenced: (handle, account) => createViewingStore(handle).unhear(account),
    mayAdd: demoGate.check,
  });
  const access = createAccess({
    database,
    clock,
    secrets,
    people,
    async webhookAccountOf(token) {
      return connections.accountByWebhookToken(token);
    },
  });
  const plans = createPlans({ database, clock, publish });
  const bin = createBin({ database, clock });
  const ignoreRules = createIgnoreRules(database, { clock });
  const appGrants = createAppGrants({ database, clock, secrets, settings });
  const approvalDesk = createApprovalDesk({ clock, secrets, settings, connections, drivers: signInDrivers, activity });
  const suppressions = createSuppressions({ settings, suppress: logging.suppress });
  await suppressions.apply();
  const customIds = createCustomIds({ database, clock, bin, activity, changed: matching.load });
  const titleFacts = createTitleFacts({ database, clock, publish });
  const animeCoordinates = createAnimeCoordinates({ database, clock });
  const localFiles = createLocalFiles({ settings, accountsOf: connections.accountsOf, closed: [config.dataDir] });
  const jobs: JobQueue = createJobs({
    db: database,
    clock,
    logger: logging.logger('task'),
    fieldsOf: (job) => ({ room: roomOfJob(job) }),
    instance,
    runs: LANES[role],
    onEnqueued: bell,
    // What this thread runs is nearly always asked for by the other one, whose bell may come before its transaction has ended.
    ...(role === 'bulk' && { pollMs: BULK_POLL_MS }),
  });
  const schedules = createSchedules({
    db: database,
    jobs,
    clock,
    timeZone: config.timeZone,
    logger: logging.logger('app', { room: 'jobs' }),
  });
  const journal = createJournal({ db: database, clock, onEdge: options.onEdge });
  const basics = { database, clock, publish };
  const metadata = createHouseMetadata({
    ...basics,
    settings,
    facts: titleFacts,
    jobs,
    matching,
    tmdbUrl: options.tmdbUrl,
  });
  const titleRooms = createTitleRooms({
    ...basics,
    logger,
    renewsTitles: role !== 'front',
    matching,
    titleFacts,
    animeCoordinates,
    metadata,
  });
  const mappingImports = createMappingImports({
    jobs,
    clock,
    coordinates: animeCoordinates,
    read: readAnimeMapping,
    looksLike: looksLikeMapping,
    folder: join(config.dataDir, 'uploads'),
  });
  const { titleClaims: claims, nativeEpisodes, animeTypes } = titleRooms;
  const { dataDir, timeZone } = config;
  const tracker = createTracker({ ...basics, claims, nativeEpisodes, animeTypes, bin, activity, plans, jobs, timeZone });
  const deadline = options.callDeadlineMs === undefined ? {} : { callDeadlineMs: options.callDeadlineMs };
  const { takeWords } = tracker;
  const shelfSync = createShelfSync({ database, clock, connections, claims, plans, jobs, journal, takeWords, ...deadline });
  const watchSync = createWatchSync({
    alongside: shelfSync,
    database,
    clock,
    publish,
    connections,
    drivers,
    plans,
    jobs,
    journal,
    matching: matching.current,
    replay: () => settings.get(REPLAY),
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
    ...deadline,
  });

  const tracking = createTrackingRooms({ database, clock, titleFacts, titles: titleRooms, tracker, watchSync, jobs });

  const deskDrivers = { seerr: createSeerrDriver({ clock }) };
  const desks = createDesks({ database, clock, secrets, drivers: deskDrivers, mayAdd: demoGate.check });
  const connecting = createConnecting({
    database,
    clock,
    secrets,
    connections,
    activity,
    deskDrivers,
    driverAs: (kind, device) => driversAs(`connecting ${device}`)[kind] ?? connections.driver(kind),
  });
  const graphOn = houseGraph({ clock, publish, matching });
  const requests = createRequests({
    database,
    clock,
    accounts: () => connections.list(),
    graphOn,
  });
  const requestReplication = createRequestReplication({
    database,
    clock,
    desks,
    requests,
    settings,
    plans,
    jobs,
    journal,
    ...deadline,
  });
  const simkl = createSimklDriver({
    clock,
    version: release.version,
    ...options.simkl,
    ...(options.callDeadlineMs !== undefined && { deadlineMs: options.callDeadlineMs }),
  });
  const trackerSync = createTrackerSync({
    database,
    clock,
    secrets,
    drivers: { simkl },
    mayAdd: demoGate.check,
    claims: titleRooms.titleClaims,
    anime: animeCoordinates,
    plans,
    jobs,
    journal,
    app: async () => ({ clientId: await settings.get(TRACKER_APP.clientId), clientSecret: await settings.get(TRACKER_APP.clientSecret) }),
    ...createTrackerDesk({ database, clock, publish, tell: watchSync.tell, keepOnLists: tracker.keepOnLists }),
    ...(options.callDeadlineMs !== undefined && { callDeadlineMs: options.callDeadlineMs }),
  });
  const history = createHistory({ database, clock, accountsOf: connections.list });
  const { restorers } = tracker;
  const { historyBin, restoring } = createHouseBin({ ...basics, bin, activity, people, matching, watchSync, restorers });
  const historyFiles = createHouseHistoryFiles({ database, clock, publish, jobs, people, matching, metadata, watchSync, dataDir });
  const upkeep = createUpkeep({
    database,
    clock,
    connections,
    people,
    jobs,
    journal,
    activity,
    bin,
    plans,
    graphOn,
    logs: logging,
    uploads: historyFiles,
    dataDir,
    timeZone,
  });
  const movingIn = createHouseMovingIn({
    database,
    clock,
    publish,
    jobs,
    people,
    connections,
    ignoreRules,
    settings,
    settingsOn,
    suppressions,
    matching,
    customIds,
    bin,
    activity,
    secrets,
    drivers,
    upkeep,
    dataDir,
  });
  const definitions = tasksOf({ watchSync, shelfSync, requestReplication, trackerSync, tracker, metadata, upkeep, connecting, jobs });
  const isInUse = async (): Promise<boolean> => {
    const kept = [connections.list(), connecting.waiting.list(), desks.list(), trackerSync.list(), appGrants.apps.list(jobActor('clock'))];
    return (await Promise.all(kept)).some((list) => list.length > 0);
  };
  const tasks = createTasks({
    jobs,
    schedules,
    settings,
    people,
    connections,
    definitions,
    isInUse,
    activity,
    logger: logging.logger('app', { room: 'tasks' }),
  });

  return {
    config,
    clock,
    role,
    instance,
    database,
    migrated,
    logging,
    logger,
    secrets,
    events,
    liveNotes: createLiveNotes(),
    activity,
    people,
    drivers,
    plex,
    connections,
    connecting,
    demo: createHouseDemo({ database, clock, gate: demoGate, people, connections, jobs, forgotten: matching.load }),
    localFiles,
    access,
    appGrants,
    approvalDesk,
    plans,
    bin,
    historyBin,
    ignoreRules,
    settings,
    suppressions,
    matching,
    customIds,
    titleFacts,
    animeCoordinates,
    metadata,
    mappingImports,
    ...titleRooms,
    ...tracking,
    jobs,
    schedules,
    journal,
    watchSync,
    runHistory: createRunHistory({ jobs, plans, activity }),
    tracker,
    shelfSync,
    desks,
    deskDrivers,
    requests,
    requestReplication,
    trackerSync,
    history,
    restoring,
    upkeep,
    movingIn,
    historyFiles,
    tasks,
    /** What another thread has stored holds here too. Called now and then. */
    async follow(): Promise<void> {
      await Promise.all([suppressions.apply(), matching.load()]);
    },
    /** What is kept of settings follows them. */
    async settingsChanged(): Promise<void> {
      await tasks.start();
      await matching.load();
    },
  };
}
