import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeMediaServer } from '../server/src/core/upstreams/media-server.fake.ts';
import { createEmbyFake } from '../server/src/integrations/emby/emby.fake.ts';
import { createJellyfinFake } from '../server/src/integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '../server/src/integrations/plex/plex.fake.ts';
import { startHouse } from './bench-house.ts';
import { type Figure, percentile, type Reading } from './figure.ts';

const EVENTS = 60;
const ALLOWED_MS = 1_000;
const GIVE_UP_MS = 20_000;

/** From the end of a play on one server until the other two have it. */
export const webhookFigure: Figure = {
  id: 'webhook',
  title: 'Webhook to the other servers',
  async measure({ runs, folder, tell }) {
    const readings: Reading[] = [];
    for (let run = 1; run <= runs; run++) {
      const times = await oneHousehold(await mkdtemp(join(folder, 'webhook-')));
      const p95 = percentile(times, 0.95);
      readings.push({ value: p95, beside: { events: times.length, p50Ms: percentile(times, 0.5), maxMs: Math.max(...times) } });
      tell(`webhook ${run}/${runs}: p95 ${p95.toFixed(0)} ms of ${times.length} events`);
    }
    return [{ name: 'Webhook to the other servers, p95', unit: 'ms', bar: ALLOWED_MS, against: { row: 'route', times: 1_000 }, readings }];
  },
};

async function oneHousehold(folder: string): Promise<readonly number[]> {
  const fakes = await Promise.all([createPlexFake(), createJellyfinFake(), createEmbyFake()]);
  const house = await startHouse(folder);
  try {
    const shelves = fakes.map(fill);
    for (const fake of fakes) {
      const { id, token } = fake.owner;
      fake.sendEventsTo(await house.addBackend({ type: fake.type, url: fake.baseUrl, token, user: id }));
    }
    await house.runImport();
    const times: number[] = [];
    for (let n = 0; n < EVENTS; n++) {
      const from = n % fakes.length;
      const source = fakes[from];
      const item = shelves[from]?.[n];
      if (source === undefined || item === undefined) throw new RangeError('no such title');
      const others = fakes.flatMap((fake, index) => (index === from ? [] : [{ fake, item: shelves[index]?.[n] ?? '' }]));
      const started = performance.now();
      await source.finish(source.owner.id, item);
      await reached(others, started);
      times.push(performance.now() - started);
    }
    return times;
  } finally {
    await house.close();
    for (const fake of fakes) await fake.close();
  }
}

/** The same movies on each server; answers their ids there. */
function fill(fake: FakeMediaServer): readonly string[] {
  const library = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  return Array.from({ length: EVENTS }, (_, n) =>
    fake.addTitle(library, {
      kind: 'movie',
      title: `Movie ${n}`,
      year: 1990 + (n % 30),
      ids: { imdb: `tt${7_000_000 + n}`, tmdb: String(500 + n) },
      addedAt: Date.now() - 90 * 86_400_000,
      durationMs: 6_000_000,
    }),
  );
}

async function reached(others: readonly Readonly<{ fake: FakeMediaServer; item: string }>[], started: number): Promise<void> {
  while (!others.every(({ fake, item }) => fake.stateOf(fake.owner.id, item).played)) {
    if (performance.now() - started > GIVE_UP_MS) throw new Error('A play did not reach the other servers within 20 s.');
    await sleep(2);
  }
}
