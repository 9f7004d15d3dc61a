import { afterEach, describe, expect, it } from 'vitest';
import { createMoodyHttp } from '#core/upstreams/moody-http.fake.ts';
import { systemClock } from '#kernel/instant.ts';
import { createHttpClient, type HttpClientOptions } from '#platform/http-client/index.ts';
import { createSeerrFake } from './seerr.fake.ts';
import { faultOf, options } from './seerr-bench.contract.ts';
import { createSeerrDriver } from './seerr-driver.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('the way in', () => {
  it('has one client for each desk and key, so that all who call it share its bound', async () => {
    const made: HttpClientOptions[] = [];
    const driver = createSeerrDriver({
      clock: systemClock,
      httpFor(of) {
        made.push(of);
        return createHttpClient(of);
      },
    });
    closing.push(driver.close);
    const place = { name: 'main', url: 'http://seerr.test', apiKey: 'one' };
    driver.connect(place);
    driver.connect(place);
    driver.connect({ ...place, apiKey: 'two' });
    driver.connect({ ...place, verifyHost: false });
    expect(made.map(({ secrets, verifyHost }) => [secrets, verifyHost])).toEqual([
      [['one'], true],
      [['two'], true],
      [['one'], false],
    ]);
    expect(driver.vendor).toBe('seerr');
  });

  it('is closed with all that is under way', async () => {
    const fake = await createSeerrFake();
    closing.push(fake.close);
    fake.setMood('slow', { delayMs: 5_000 });
    const driver = createSeerrDriver({ clock: systemClock });
    const call = faultOf(driver.connect({ name: 'main', url: fake.baseUrl, apiKey: fake.apiKey() }).listRequests(options()));
    await driver.close();
    expect((await call).code).toBe('cancelled');
  });

  it('refuses an address that is none', () => {
    const driver = createSeerrDriver({ clock: systemClock });
    expect(() => driver.connect({ name: 'main', url: 'seerr.local:5055', apiKey: 'one' })).toThrow('http:// or https://');
  });

  it('never shows a key that the desk repeats', async () => {
    const echo = await createMoodyHttp({
      handler: ({ headers }) => ({ status: 500, body: { message: `Nobody knows ${String(headers['x-api-key'])}` } }),
      unauthorizedReply: () => ({ status: 403 }),
      emptyPageReply: () => ({}),
      isLaterPage: () => false,
      isChange: () => false,
    });
    closing.push(echo.close);
    const driver = createSeerrDriver({ clock: systemClock });
    closing.push(driver.close);
    const fault = await faultOf(driver.connect({ name: 'main', url: echo.baseUrl, apiKey: 'sesame-9431' }).listRequests(options()));
    expect([fault.message, fault.details.said]).toEqual([expect.stringContaining('Nobody knows •••'), 'Nobody knows •••']);
  });
});
