import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#kernel/json.ts';
import { createSeerrFake, type FakeSeerr } from './seerr.fake.ts';
import { faultOfRequest, toRequest } from './seerr.map.ts';
import { seerrDetails, seerrPage, seerrStatus } from './seerr.wire.ts';
import { requestOfSeerrWebhook } from './seerr-hook.ts';

const folder = fileURLToPath(new URL('../../../../../shared/fixtures/seerr/', import.meta.url));
const present = existsSync(folder);
const absent = present ? '' : ' (skipped: the folder ../shared/fixtures is not here)';
const load = (name: string): unknown => JSON.parse(readFileSync(folder + name, 'utf8'));

type Data = Readonly<Record<string, unknown>>;
const rowsIn = (answer: unknown): readonly Data[] => (seerrPage.Check(answer) ? (answer.results as readonly Data[]) : []);

describe.skipIf(!present)(`payloads as Seerr really sends them${absent}`, () => {
  it('every request of a page is mapped', () => {
    const rows = rowsIn(load('response-request-page.json'));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => toRequest(row) === undefined).map(faultOfRequest)).toEqual([]);
    expect(toRequest(rows[0])).toMatchObject({
      id: 62,
      kind: 'tv',
      tmdbId: 113_710,
      tvdbId: 392_076,
      is4k: false,
      status: 'approved',
      mediaStatus: 'processing',
      seasons: [{ number: 1, status: 'approved' }],
      requestedBy: { id: 3, displayName: 'user-hotel1', jellyfinUserId: '84881a30364d57041d69a3187cd2a2e4' },
    });
  });

  it('the answer to a POST is mapped, seasons or not', () => {
    expect(toRequest(load('response-create-movie-request.json'))).toMatchObject({ id: 22, kind: 'movie', status: 'approved', seasons: [] });
  });

  it('the requests of a title are mapped', () => {
    const details = load('response-tv-details.json');
    if (!seerrDetails.Check(details)) throw new Error('the title is not readable');
    expect(details.mediaInfo?.requests?.map(toRequest)).toMatchObject([
      { id: 59, kind: 'tv', tmdbId: 89_641, status: 'completed', mediaStatus: 'available', seasons: [{ number: 1, status: 'completed' }] },
      { id: 60, kind: 'tv', tmdbId: 89_641, seasons: [{ number: 2, status: 'completed' }] },
    ]);
  });

  it('the status is readable', () => {
    expect(seerrStatus.Check(load('response-status.json'))).toBe(true);
  });

  it.each([
    ['webhook-MEDIA_AUTO_APPROVED-movie.json', 16],
    ['webhook-MEDIA_AVAILABLE-tv-seasons-with-specials.json', 16],
    ['webhook-MEDIA_DECLINED-tv.json', 16],
    ['webhook-ISSUE_REPORTED-custom-template.json', undefined],
  ])('%s names its request', (name, id) => {
    expect(requestOfSeerrWebhook(load(name))).toBe(id);
  });
});

/** What a value is made of: members and the kinds of their values, null beside what it may be else. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (isRecord(value))
    return Object.fromEntries(
      Object.keys(value)
        .toSorted()
        .map((name) => [name, shapeOf(value[name])]),
    );
  return typeof value;
}

/** Members of the first that the second lacks, by their path. */
function lacking(wanted: unknown, given: unknown, path = ''): readonly string[] {
  if (Array.isArray(wanted)) return Array.isArray(given) && given.length > 0 ? lacking(wanted[0], given[0], `${path}[]`) : [];
  if (!isRecord(wanted)) return [];
  if (!isRecord(given)) return [path];
  return Object.keys(wanted).flatMap((name) =>
    name in given ? lacking(wanted[name], given[name], `${path}.${name}`) : [`${path}.${name}`],
  );
}

describe.skipIf(!present)(`the fake beside the real one${absent}`, () => {
  let fake: FakeSeerr;
  let headers: Record<string, string>;
  const get = async (path: string): Promise<unknown> => (await fetch(`${fake.baseUrl}/api/v1${path}`, { headers })).json();
  beforeAll(async () => {
    fake = await createSeerrFake();
    headers = { 'x-api-key': fake.apiKey() };
    fake.addRequest({ kind: 'tv', tmdbId: 72, seasons: [1] });
  });
  afterAll(() => fake.close());

  it('gives the members of a page, and no others', async () => {
    const [real, own] = [load('response-request-page.json'), await get('/request')];
    // Where Sonarr has the title, it is known by its page there.
    expect(lacking(real, own)).toEqual(['.results[].media.serviceUrl']);
    expect(lacking(own, real)).toEqual([]);
  });

  it('gives the members of an answer to a POST, and no others', async () => {
    const reply = await fetch(`${fake.baseUrl}/api/v1/request`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ mediaType: 'movie', mediaId: 603, is4k: false }),
    });
    const own = await reply.json();
    const real = load('response-create-movie-request.json');
    expect(lacking(real, own).filter((name) => !name.includes('.settings'))).toEqual([]);
    expect(lacking(own, real)).toEqual([]);
  });

  it('gives the members of a title that we and others read', async () => {
    const [real, own] = [load('response-tv-details.json'), await get('/tv/72')];
    const info = (answer: unknown): unknown => (isRecord(answer) ? answer.mediaInfo : undefined);
    expect(lacking(info(real), info(own)).filter((name) => !/(media|service)Url$/.test(name))).toEqual([]);
  });

  it('gives the same status, count and refusal', async () => {
    expect(shapeOf(await get('/status'))).toEqual(shapeOf(load('response-status.json')));
    expect(shapeOf(await get('/request/count'))).toEqual(shapeOf(load('response-request-count.json')));
    const refusal = await fetch(`${fake.baseUrl}/api/v1/request`, { headers: { 'x-api-key': 'wrong' } });
    expect([refusal.status, await refusal.json()]).toEqual([403, load('response-no-access.json')]);
  });
});
