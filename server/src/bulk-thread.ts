import { parentPort, workerData } from 'node:worker_threads';
import { createRooms } from './app.ts';
import { followEvents } from './event-followers.ts';
import { registerHandlers } from './handlers.ts';
import { type BulkWorkerData, closeRooms, FOLLOW_EVERY } from './house.ts';
import type { ThreadWord } from './thread-talk.ts';

const say = (word: ThreadWord): void => parentPort?.postMessage(word);

/** The bulk lane and the followers of events: this thread runs them until it is told to stop. */
const data = workerData as BulkWorkerData;
const rooms = await createRooms({ ...data, role: 'bulk', ring: () => say('look') });
registerHandlers(rooms);
rooms.liveNotes.listen((topic, whose) => say({ topic, whose }));
await rooms.jobs.start();
await followEvents(rooms);

// What the other thread was told is in force here a moment later.
setInterval(() => {
  void rooms.follow().catch(() => undefined);
  rooms.titles.resume();
}, FOLLOW_EVERY).unref();

parentPort?.on('message', (word: ThreadWord) => {
  if (word === 'stop') void closeRooms(rooms).finally(() => parentPort?.close());
  else {
    rooms.jobs.wake();
    rooms.events.wake();
  }
});
