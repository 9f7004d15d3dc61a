import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type ServerId, serverId } from '#kernel/ids.ts';
import type { Database } from '#platform/db/index.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { fc } from '#tests/support/properties.ts';
import { mediaMigrations } from './media.schema.store.ts';
import { createMediaGraph } from './media-graph.ts';
import { mediaOrderMigrations } from './media-order.schema.store.ts';

type Listed = Readonly<{ server: ServerId; item: UpstreamItem }>;

const PROVIDERS = ['imdb', 'tmdb', 'tvdb'] as const;
const subset = fc.subarray([...PROVIDERS]);

/** The ids of a title are the same on every server, and each server knows some of them. */
const idsOf = (title: number, kind: number, providers: readonly string[]): Record<string, string> =>
  Object.fromEntries(providers.map((provider) => [provider, provider === 'imdb' ? `tt${kind}0${title}` : `${title}`]));

const movies = fc
  .record({ server: fc.integer({ min: 1, max: 3 }), title: fc.integer({ min: 1, max: 3 }), ids: subset })
  .map(
    ({ server, title, ids }): Listed => listed(server, `m${title}`, { kind: 'movie', title: `Movie ${title}`, ids: idsOf(title, 1, ids) }),
  );
const episodes = fc
  .record({
    server: fc.integer({ min: 1, max: 3 }),
    show: fc.integer({ min: 1, max: 2 }),
    number: fc.integer({ min: 1, max: 2 }),
    ids: subset,
    showIds: subset,
  })
  .map(
    ({ server, show, number, ids, showIds }): Listed =>
      listed(server, `e${show}-${number}`, {
        kind: 'episode',
        title: `Episode ${number}`,
        ids: idsOf(show * 10 + number, 2, ids),
        show: { upstreamId: `s${show}-${showIds.join()}`, title: `Show ${show}`, ids: idsOf(show, 3, showIds) },
        season: 1,
        episodes: [number],
      }),
  );

const listed = (server: number, id: string, told: Pick<UpstreamItem, 'kind' | 'title' | 'ids'> & Partial<UpstreamItem>): Listed => ({
  server: serverId(server),
  item: { upstreamId: id, libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 }, ...told },
});

class Undo extends Error {}

/** Which items stand for one title, after they came in this order, `pageSize` at a time. Nothing is kept. */
async function partition(database: Database, order: readonly Listed[], pageSize: number): Promise<readonly string[]> {
  let found: string[] = [];
  const nothing = await database
    .transaction(async (handle) => {
      const graph = createMediaGraph(handle, { clock: { now: () => 1 } });
      for (let at = 0; at < order.length; ) {
        const { server } = order[at] as Listed;
        const end = order.findIndex((one, index) => index > at && one.server !== server);
        const page = order.slice(at, Math.min(at + pageSize, end === -1 ? order.length : end));
        const items = page.map((one) => one.item);
        await graph.ingest(server, items);
        at += page.length;
      }
      const groups = new Map<number, string[]>();
      for (const { server, item } of order) {
        const [copy] = await graph.ingest(server, [item]);
        const name = `${server}/${item.upstreamId}`;
        const media = copy?.mediaIds[0];
        if (media === undefined) found.push(`${name} alone`);
        else groups.set(media, [...(groups.get(media) ?? []), name]);
      }
      found = [...found, ...[...groups.values()].map((names) => names.sort().join(' '))].sort();
      throw new Undo();
    })
    .catch((error: unknown) => error);
  expect(nothing).toBeInstanceOf(Undo);
  return found;
}

describe('what stands for what', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase('sqlite', [...mediaMigrations, ...mediaOrderMigrations]);
  });
  afterAll(() => opened.close());

  it('does not depend on the order in which servers and items came, nor on pages', async () => {
    const library = fc
      .uniqueArray(fc.oneof(movies, episodes), {
        minLength: 2,
        maxLength: 9,
        selector: ({ server, item }) => `${server} ${item.upstreamId}`,
      })
      .chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }), fc.constantFrom(1, 4, 100)));
    await fc.assert(
      fc.asyncProperty(library, async ([items, shuffled, pageSize]) => {
        expect(await partition(opened.database, shuffled, pageSize)).toEqual(await partition(opened.database, items, 1));
      }),
      { numRuns: 250 },
    );
  });
});
