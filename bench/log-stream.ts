import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuOf, endChild, firstMessage, pathOf, startChild } from './child.ts';
import { type Figure, percentile, type Reading } from './figure.ts';
import type { LogOrder } from './log-house.ts';

const ORDER: LogOrder = { perSecond: 1_000, seconds: 10 };
const ALLOWED_MS = 1_000;
const API_KEY = 'bench-owner-key-0123456789';
const LINE = /"text":"line (\d+) written at (\d+)"/;

/** A log that is written a thousand lines a second, and somebody who listens to it: how far behind they are, and that they hear all. */
export const logStreamFigure: Figure = {
  id: 'log-stream',
  title: 'A stream of a log',
  async measure({ runs, folder, tell }) {
    const house = startChild(pathOf('./log-house.ts'), [], {
      API_KEY,
      FOLDER: await mkdtemp(join(folder, 'logs-')),
      USHERR_DATABASE_URL: '',
    });
    house.stdout?.resume();
    const readings: Reading[] = [];
    try {
      const { address, filename } = await firstMessage<{ address: string; filename: string }>(house);
      for (let run = 1; run <= runs; run++) {
        const cpu = cpuOf(house.pid);
        const stream = await open(`${address}/v1/api/log/${filename}?stream=1`);
        const lags = listen(stream);
        house.send(ORDER);
        const heard = await lags;
        stream.destroy();
        const beside = { lines: heard.length, p50Ms: percentile(heard, 0.5), maxMs: Math.max(...heard), cpuMs: cpuOf(house.pid) - cpu };
        readings.push({ value: percentile(heard, 0.99), beside });
        tell(`log-stream ${run}/${runs}: ${heard.length} lines, 99 of 100 within ${percentile(heard, 0.99)} ms`);
      }
    } finally {
      await endChild(house);
    }
    const name = `A log of ${ORDER.perSecond} lines a second for ${ORDER.seconds} s, p99 behind`;
    return [{ name, unit: 'ms', bar: ALLOWED_MS, against: { row: 'route', times: 1_000 }, readings }];
  },
};

async function open(url: string): Promise<IncomingMessage> {
  const [stream] = (await once(get(url, { headers: { 'x-apikey': API_KEY } }), 'response')) as [IncomingMessage];
  if (stream.statusCode !== 200) throw new Error(`The log was answered ${stream.statusCode}.`);
  return stream;
}

/** How late each line came; throws where one is missing, comes twice, or out of its place. */
async function listen(stream: IncomingMessage): Promise<readonly number[]> {
  const lags: number[] = [];
  const total = ORDER.perSecond * ORDER.seconds;
  for await (const line of createInterface(stream)) {
    const [, number, at] = LINE.exec(line) ?? [];
    if (number === undefined) continue;
    if (Number(number) !== lags.length) throw new Error(`Line ${number} of the log came where line ${lags.length} was to come.`);
    lags.push(Date.now() - Number(at));
    if (lags.length === total) return lags;
  }
  throw new Error(`The stream of the log ended after ${lags.length} of ${total} lines.`);
}
