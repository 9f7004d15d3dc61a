import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createTmdbDriver } from '#integrations/tmdb/index.ts';
import { createTmdbFake } from '#integrations/tmdb/tmdb.fake.ts';
import { readDescription } from '#tests/support/api-description.ts';
import { createRecordingProxy } from '#tests/support/recording-proxy.ts';

const file = fileURLToPath(new URL('../../../../shared/specs/tmdb.json', import.meta.url));
const present = existsSync(file);
const absent = present ? '' : ' (skipped: the folder ../shared/specs is not here)';
const call = { signal: AbortSignal.timeout(25_000) };

/** What is sent as null for what is not known is described without it. */
const withoutNulls = (reply: string): string =>
  JSON.stringify(JSON.parse(reply), (_name, value: unknown) => (value === null ? undefined : value));

/** The key of the older generation is described in words only. */
const DRIFT = /sent: the query "api_key" is not described/;

describe.skipIf(!present)(`TMDB’s published description${absent}`, () => {
  it('has every request that we send and every answer that our fake gives', async () => {
    const fake = await createTmdbFake();
    const proxy = await createRecordingProxy(fake.baseUrl);
    const driver = createTmdbDriver({ baseUrl: proxy.baseUrl });
    try {
      fake.addMovie({ id: 949, title: 'Heat', imdb: 'tt0113277', releaseDate: '1995-12-15', runtime: 170, poster: '/heat.jpg' });
      fake.addShow({
        id: 1920,
        name: 'Twin Peaks',
        imdb: 'tt0098936',
        tvdb: 70533,
        firstAirDate: '1990-04-08',
        seasons: [{ number: 1, episodes: [{ number: 1, airDate: '1990-04-08', runtime: 95 }] }],
      });
      for (const key of [fake.apiKey, fake.accessToken]) {
        const source = driver.connect({ key, language: 'en-US' });
        await source.identify(call);
        await source.read({ kind: 'movie', id: '949' }, call);
        await source.read({ kind: 'show', id: '1920' }, call);
        await source.find({ kind: 'movie', provider: 'imdb', value: 'tt0113277' }, call);
        await source.find({ kind: 'show', provider: 'tvdb', value: '70533' }, call);
        await source.search({ kind: 'movie', text: 'heat', year: 1995 }, call);
        await source.search({ kind: 'show', text: 'peaks', year: 1990 }, call);
        await source.readPicture('/heat.jpg', 'poster', { ...call, width: 300 }).catch(() => undefined);
      }
      await driver
        .connect({ key: 'wrong', language: 'en-US' })
        .identify(call)
        .catch(() => undefined);

      const description = readDescription(file, 'tmdb.json');
      let agreed = 0;
      const faults = proxy.exchanges.flatMap((exchange) => {
        const title = `${exchange.path} → ${exchange.status}`;
        const sent = description.faultsOfRequest(exchange) ?? ['no description knows this call'];
        const isJson = exchange.type.includes('json');
        const reply = isJson ? withoutNulls(exchange.reply) : exchange.reply;
        const answered = description.faultOfReply({ ...exchange, reply });
        if (answered === 'fine') agreed += 1;
        return [
          ...sent.map((fault) => `${title}: sent: ${fault}`),
          ...(answered === undefined || answered === 'fine' ? [] : [`${title}: answered: ${answered}`]),
        ].filter((fault) => !DRIFT.test(fault));
      });
      expect(proxy.exchanges.length).toBeGreaterThan(12);
      // Else nothing was compared.
      expect(agreed).toBeGreaterThan(3);
      expect([...new Set(faults)]).toEqual([]);
    } finally {
      await driver.close();
      await proxy.close();
      await fake.close();
    }
  });
});
