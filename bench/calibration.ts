import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { endChild, firstMessage, memoryOf, pathOf, startChild } from './child.ts';
import { percentile } from './figure.ts';

/** What this machine can do, without any of our code: a bar in absolute numbers means little on a slow one. */
export type Calibration = Readonly<{
  /** A Fastify route that answers a constant, at 20 requests a second: ms at the median. */
  routeMs: number;
  /** One row of 100,000 read by its key from SQLite: ms, at the median. */
  readMs: number;
  /** An idle Node process: MB. */
  memoryMb: number;
}>;

const REQUESTS = 40;
const PACE_MS = 50;
const ROWS = 100_000;
const READS = 2_000;

export async function calibrate(folder: string): Promise<Calibration> {
  return { routeMs: await bareRoute(), readMs: bareRead(folder), memoryMb: await idleMemory() };
}

async function bareRoute(): Promise<number> {
  const app = Fastify();
  app.get('/', async () => ({ ok: true }));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const times: number[] = [];
    for (let n = 0; n < REQUESTS + 5; n++) {
      const started = performance.now();
      await (await fetch(address)).text();
      // The first ones warm the code up.
      if (n >= 5) times.push(performance.now() - started);
      await sleep(PACE_MS);
    }
    return percentile(times, 0.5);
  } finally {
    await app.close();
  }
}

function bareRead(folder: string): number {
  const database = new DatabaseSync(join(folder, `calibration-${performance.now()}.db`));
  database.exec('create table sample (id integer primary key, text text not null)');
  database.exec(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS}) insert into sample select i, 'a text of some length ' || i from n`,
  );
  const read = database.prepare('select text from sample where id = ?');
  const times = Array.from({ length: READS }, (_, n) => {
    const started = performance.now();
    read.get(1 + ((n * 7_919) % ROWS));
    return performance.now() - started;
  });
  database.close();
  return percentile(times, 0.5);
}

async function idleMemory(): Promise<number> {
  const idle = startChild(pathOf('./idle.ts'), []);
  try {
    await firstMessage(idle);
    await sleep(500);
    return memoryOf(idle.pid);
  } finally {
    await endChild(idle);
  }
}
