import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { MOST_IMAGE_BYTES, type UpstreamImage } from '#core/upstreams/index.ts';
import { FAKE_IMAGE } from '#core/upstreams/moody-http.fake.ts';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { mediaId, type ServerId, serverId } from '#kernel/ids.ts';
import { days, hours, minutes } from '#kernel/instant.ts';
import { createPosters, type Posters, widthFor } from './posters.ts';

const HEAT = mediaId(7);
const [PLEX, EMBY] = [serverId(1), serverId(2)];
const PATH = '/heat.jpg';

type Says = UpstreamImage | undefined | AppErrorCode;
/** Each of them a picture of its own, told apart by what follows the image. */
const picture = (name: string, type = 'image/png'): UpstreamImage => ({ body: Buffer.concat([FAKE_IMAGE, Buffer.from(name)]), type });
const saying = (body: string | Buffer): UpstreamImage => ({ body: Buffer.from(body), type: 'image/jpeg' });

let folder: string;
let now: number;
let megabytes: number;
let asked: string[];
let says: Record<string, Says>;
let knows: Record<number, Readonly<{ copies: ServerId[]; told: boolean }>>;
let held: Promise<void>;
let posters: Posters;

async function answer(name: string, width: number | undefined): Promise<UpstreamImage | undefined> {
  asked.push(`${name} ${width}`);
  await held;
  const said = says[name];
  if (typeof said === 'string')
    throw new AppError(said, `${name} is away.`, said === 'upstream-rate-limited' ? { retryAfterMs: hours(2) } : {});
  return said;
}

const open = (): Posters =>
  createPosters({
    clock: { now: () => now },
    dataDir: folder,
    cacheMegabytes: async () => megabytes,
    connections: {
      readerOf: async (server) =>
        server === PLEX || server === EMBY ? ({ id: server, server: { name: `S${server}` } } as never) : undefined,
      connect: async ({ id }: Account) => ({ readImage: async (_item, _kind, { width }) => answer(`server ${id}`, width) }),
    },
    facts: {
      async posterOf(media) {
        const known = knows[media];
        return (
          known && {
            copies: known.copies.map((server) => ({ serverId: server, upstreamId: `i${media}` })),
            told: known.told ? [{ source: 'oracle', path: PATH }] : [],
          }
        );
      },
    },
    readTold: async ({ path }, { width }) => answer(path, width),
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usherr-posters-'));
  now = Date.UTC(2026, 0, 1);
  megabytes = 10;
  asked = [];
  says = { 'server 1': picture('plex'), 'server 2': picture('emby'), [PATH]: picture('oracle') };
  knows = { [HEAT]: { copies: [PLEX, EMBY], told: true } };
  held = Promise.resolve();
  posters = open();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shown = async (media = HEAT, width = 300): Promise<string | undefined> =>
  (await posters.of(media, width))?.body.subarray(FAKE_IMAGE.length).toString();
const faultOf = (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => 'none',
    (error: AppError) => error.code,
  );

describe('whose poster it is', () => {
  it.each<[string, Record<string, Says>, string | undefined, string[]]>([
    ['the first server has it', {}, 'plex', ['server 1 342']],
    ['the first has none', { 'server 1': undefined }, 'emby', ['server 1 342', 'server 2 342']],
    ['the first is away', { 'server 1': 'upstream-unreachable' }, 'emby', ['server 1 342', 'server 2 342']],
    ['no server has it', { 'server 1': undefined, 'server 2': undefined }, 'oracle', ['server 1 342', 'server 2 342', `${PATH} 342`]],
    [
      'nobody has it',
      { 'server 1': undefined, 'server 2': undefined, [PATH]: undefined },
      undefined,
      ['server 1 342', 'server 2 342', `${PATH} 342`],
    ],
    ['the first sends a page', { 'server 1': saying('<!doctype html><html><body>') }, 'emby', ['server 1 342', 'server 2 342']],
    ['the first sends a drawing', { 'server 1': saying('<svg onload="alert(1)"></svg>') }, 'emby', ['server 1 342', 'server 2 342']],
    [
      'the first sends too much',
      { 'server 1': saying(Buffer.concat([FAKE_IMAGE, Buffer.alloc(MOST_IMAGE_BYTES)])) },
      'emby',
      ['server 1 342', 'server 2 342'],
    ],
  ])('where %s', async (_, said, poster, calls) => {
    says = { ...says, ...said };
    expect(await shown()).toBe(poster);
    expect(asked).toEqual(calls);
  });

  it('is nobody’s where nobody knows the title, and nobody is asked', async () => {
    expect(await posters.of(mediaId(8), 300)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is not that of a server on which nobody has an account any more', async () => {
    knows = { [HEAT]: { copies: [serverId(3)], told: false } };
    expect(await posters.of(HEAT, 300)).toBeUndefined();
  });

  it('is a fault where who may have it does not answer and nobody else has one: nobody is told that there is none', async () => {
    says = { 'server 1': undefined, 'server 2': 'upstream-timeout', [PATH]: undefined };
    expect(await faultOf(posters.of(HEAT, 300))).toBe('upstream-timeout');
  });

  it('is told by its bytes, whatever its server called it', async () => {
    says['server 1'] = picture('x', 'image/jpeg');
    expect(await posters.of(HEAT, 300)).toMatchObject({ type: 'image/png', tag: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
});

it.each([
  [1, 185],
  [185, 185],
  [186, 342],
  [780, 780],
  [4_000, 780],
])('of the width %i is asked for at %i', (wanted, width) => expect(widthFor(wanted)).toBe(width));

describe('what is kept', () => {
  it('is fetched once, also after a restart, and anew after a week', async () => {
    await shown();
    says['server 1'] = picture('new');
    expect(await shown()).toBe('plex');
    posters = open();
    now += days(6);
    expect(await shown()).toBe('plex');
    expect(asked).toEqual(['server 1 342']);
    now += days(2);
    expect(await shown()).toBe('new');
    expect(await shown(HEAT, 700)).toBe('new');
    expect(asked).toEqual(['server 1 342', 'server 1 342', 'server 1 780']);
  });

  it('is shown while its server is away, however old it is', async () => {
    await shown();
    says['server 1'] = 'upstream-unreachable';
    now += days(30);
    expect(await shown()).toBe('plex');
  });

  it('gives way to none where its server has none any more', async () => {
    await shown();
    says = { 'server 1': undefined, 'server 2': undefined, [PATH]: undefined };
    now += days(30);
    expect(await shown()).toBeUndefined();
  });

  it('is fetched once for all who ask at once', async () => {
    let let_go = (): void => undefined;
    held = new Promise((resolve) => {
      let_go = resolve;
    });
    const several = Promise.all([shown(), shown(), shown()]);
    await expect.poll(() => asked.length).toBe(1);
    let_go();
    expect(await several).toEqual(['plex', 'plex', 'plex']);
    expect(asked).toEqual(['server 1 342']);
  });

  it('stays within its size: what was looked at longest ago goes', async () => {
    megabytes = 1;
    says['server 1'] = saying(Buffer.concat([FAKE_IMAGE, Buffer.alloc(200_000)]));
    for (let media = 1; media <= 12; media += 1) {
      knows[media] = { copies: [PLEX], told: false };
      now += 1_000;
      await posters.of(mediaId(media), 300);
      await posters.of(mediaId(1), 300);
    }
    expect(readdirSync(join(folder, 'cache', 'posters')).length).toBeLessThanOrEqual(5);
    asked = [];
    await posters.of(mediaId(1), 300);
    await posters.of(mediaId(12), 300);
    expect(asked).toEqual([]);
    await posters.of(mediaId(2), 300);
    expect(asked).toEqual(['server 1 342']);
  });

  it('is nothing where nothing may be kept', async () => {
    megabytes = 0;
    expect([await shown(), await shown()]).toEqual(['plex', 'plex']);
    expect(asked.length).toBe(2);
  });
});

describe('who is asked again', () => {
  it('who has none, after an hour, or once it is forgotten', async () => {
    knows = { [HEAT]: { copies: [PLEX], told: false } };
    says['server 1'] = undefined;
    await shown();
    await shown();
    expect(asked.length).toBe(1);
    now += hours(1);
    await shown();
    expect(asked.length).toBe(2);
    posters.forget();
    await shown();
    expect(asked.length).toBe(3);
  });

  it.each<[AppErrorCode, boolean, number]>([
    ['upstream-unreachable', true, minutes(1)],
    ['upstream-timeout', true, minutes(1)],
    ['upstream-unauthorized', true, minutes(1)],
    ['upstream-rate-limited', true, hours(2)],
    ['upstream-rejected', false, minutes(1)],
    ['upstream-unreadable', false, minutes(1)],
  ])('who answered with %s (others of its pictures rest too: %s)', async (code, ofAll, rest) => {
    knows = { 1: { copies: [PLEX], told: false }, 2: { copies: [PLEX], told: false } };
    says['server 1'] = code;
    expect(await faultOf(posters.of(mediaId(1), 300))).toBe(code);
    expect(await faultOf(posters.of(mediaId(1), 300))).toBe(code);
    expect(asked.length).toBe(1);
    await faultOf(posters.of(mediaId(2), 300));
    expect(asked.length).toBe(ofAll ? 1 : 2);
    says['server 1'] = picture('plex');
    now += rest - 1;
    expect(await faultOf(posters.of(mediaId(1), 300))).toBe(code);
    now += 1;
    expect(await shown(mediaId(1))).toBe('plex');
  });
});
