import { Worker } from 'node:worker_threads';
import { type FirstWords, jobActor } from '#core/access/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import { type FolderHold, holdFolder } from '#platform/db/index.ts';
import type { HttpServer } from '#platform/http-server/index.ts';
import { newInstance } from '#platform/jobs/index.ts';
import { createRooms, type HouseOptions, type Rooms } from './app.ts';
import { ensureCliKey } from './cli-key.ts';
import { followEvents } from './event-followers.ts';
import { registerHandlers } from './handlers.ts';
import { createServer } from './serve.ts';
import type { ThreadWord } from './thread-talk.ts';

export type House = Readonly<{
  rooms: Rooms;
  server: HttpServer;
  /** What is to be printed once. */
  words: FirstWords;
  /** Where it listens, once it does. */
  listen(): Promise<string>;
  /** Ends what runs, in order; what does not end by itself in time is given back to the queue. */
  close(): Promise<void>;
}>;

/** Long work, and what follows from events, run beside the thread that answers people: whoever writes waits for the others who do. */
export type BulkWorkerData = Pick<HouseOptions, 'config' | 'plexTvUrl' | 'plexDiscoverUrl' | 'tmdbUrl' | 'patienceMs'> &
  Readonly<{ instance: string }>;

/** How soon what one thread has stored holds in the other. */
export const FOLLOW_EVERY = seconds(5);

/** How long a start waits for a house that is closing on the same folder. */
const FOLDER_WAIT = seconds(3);

/**
 * Opens the house: rooms, owner, queue, schedules and surfaces. With role `front` the bulk lane gets a thread of its own.
 * One house for each data folder: two would tell every server everything twice. Throws `misconfigured` for the second.
 */
export async function openHouse(options: HouseOptions): Promise<House> {
  const hold = await holdFolder(options.config.dataDir, FOLDER_WAIT);
  try {
    return await furnish(options, hold);
  } catch (error) {
    hold.release();
    throw error;
  }
}

async function furnish(options: HouseOptions, hold: FolderHold): Promise<House> {
  const instance = options.instance ?? newInstance();
  let bulk: BulkThread | undefined;
  const rooms = await createRooms({ ...options, instance, ...(options.role === 'front' && { ring: () => bulk?.look() }) });
  const server = await createServer(rooms);
  await server.ready();
  // As late as may be: a key that is made here is shown once, and a start that fails after it would have shown it to nobody.
  const words = await rooms.access.start({ apiKey: rooms.config.apiKey, admin: rooms.config.admin });
  await ensureCliKey({ access: rooms.access, dataDir: rooms.config.dataDir, by: jobActor('start') });
  // What a demo left where a process ended with it: its servers are gone.
  await rooms.demo.sweep();
  await rooms.people.start();
  registerHandlers(rooms);
  await rooms.jobs.start();
  await followEvents(rooms);
  await rooms.tasks.start();
  await rooms.schedules.start();
  await rooms.watchSync.resume();
  await rooms.tracker.resume();
  await rooms.requestReplication.resume();
  // Moving in is long work, and brings what people's thread has to know.
  const following =
    rooms.role === 'front' ? setInterval(() => void rooms.follow().catch(() => undefined), FOLLOW_EVERY).unref() : undefined;
  return {
    rooms,
    server,
    words,
    async listen() {
      const address = await listen(server, rooms);
      // After listening: the thread loads all of the code once more, and people are served first.
      if (rooms.role === 'front') bulk ??= startBulkThread(rooms, options, instance);
      return address;
    },
    async close() {
      clearInterval(following);
      await server.close();
      await rooms.schedules.stop();
      await bulk?.stop();
      await rooms.demo.close();
      await closeRooms(rooms);
      hold.release();
    },
  };
}

export async function closeRooms(rooms: Rooms): Promise<void> {
  await rooms.titles.stop();
  await rooms.jobs.stop();
  await rooms.events.stop();
  await rooms.database.close();
  rooms.logging.close();
}

async function listen(server: HttpServer, { config }: Rooms): Promise<string> {
  await server.listen({ host: config.host, port: config.port }).catch((cause: unknown) => {
    throw new AppError(
      'misconfigured',
      `Usherr cannot listen on ${config.host} port ${config.port}: ${messageOf(cause)}. Set USHERR_PORT to a free port.`,
      { cause },
    );
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return config.publicUrl?.href ?? `http://localhost:${port}`;
}

/**
 * Pages of a library are garbage as soon as they are stored. Without a limit the thread lets hundreds of MB of it lie about; a small young
 * generation is swept often, and what lives long needs far less than its limit, even with four servers read at once.
 */
const BULK_MEMORY = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 } as const;

type BulkThread = Readonly<{ look(): void; stop(): Promise<void> }>;

function startBulkThread(rooms: Rooms, options: HouseOptions, instance: string): BulkThread {
  const data: BulkWorkerData = {
    config: { ...options.config, publicUrl: undefined },
    instance,
    ...(options.plexTvUrl !== undefined && { plexTvUrl: options.plexTvUrl }),
    ...(options.plexDiscoverUrl !== undefined && { plexDiscoverUrl: options.plexDiscoverUrl }),
    ...(options.tmdbUrl !== undefined && { tmdbUrl: options.tmdbUrl }),
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
  };
  let stopping = false;
  let worker = start();

  function restart(): void {
    if (!stopping) worker = start();
  }

  function start(): Worker {
    const thread = new Worker(new URL('./bulk.worker.ts', import.meta.url), { workerData: data, resourceLimits: BULK_MEMORY });
    thread.on('message', (word: ThreadWord) => {
      if (word === 'look') rooms.jobs.wake();
      else if (typeof word === 'object') rooms.liveNotes.note(word.topic, word.whose);
    });
    thread.on('error', (error) => rooms.logger.error({ err: error }, 'The thread for long work ended and is started again.'));
    thread.on('exit', () => {
      if (!stopping) setTimeout(restart, 1_000);
    });
    return thread;
  }

  const say = (word: ThreadWord): void => worker.postMessage(word);

  return {
    look: () => say('look'),
    async stop() {
      stopping = true;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      say('stop');
      await ended;
    },
  };
}
