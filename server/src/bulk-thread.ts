import { parentPort, workerData } from 'node:worker_threads';
import { createRooms } from './app.ts';
import { registerHandlers } from './handlers.ts';
import { type BulkWorkerData, closeRooms, FOLLOW_EVERY } from './house.ts';

/** The bulk lane: this thread runs it until it is told to stop. */
const data = workerData as BulkWorkerData;
const rooms = await createRooms({ ...data, role: 'bulk' });
registerHandlers(rooms);
await rooms.jobs.start();

// What the other thread was told is in force here a moment later.
setInterval(() => void rooms.follow().catch(() => undefined), FOLLOW_EVERY).unref();

parentPort?.once('message', () => void closeRooms(rooms).finally(() => parentPort?.close()));
