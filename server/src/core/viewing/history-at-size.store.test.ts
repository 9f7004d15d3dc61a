import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { accountId, type MediaId, personId, serverId } from '#kernel/ids.ts';
import { sql } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { orderFaults } from '#tests/support/history-order.ts';
import { fc } from '#tests/support/properties.ts';
import { countOf, createHistoryCounts } from './history-counts.store.ts';
import { createHistoryPages } from './history-pages.store.ts';
import type { HistoryQuery, HistorySort } from './history-query.ts';
import { createMergedTitles } from './merged-titles.store.ts';
import { createTakenTitles, type TakenTitle } from './taken-titles.store.ts';
import { createUnshownTitles } from './unshown-titles.store.ts';
import { createViewingStore, type StoredViewing } from './viewing.store.ts';
import { createWholeHistory } from './whole-history.store.ts';

const PEOPLE = [personId(1), personId(2)] as const;
const [MAIN] = PEOPLE;
const ACCOUNTS = [11, 12, 13].map(accountId);
const SERVER = serverId(1);
const clock = { now: () => 1_000_000 };

const movie = (n: number): UpstreamItem => ({
  upstreamId: `m${n}`,
  libraryId: '1',
  kind: 'movie',
  title: ['Äon', 'der Fall', 'Zoë', 'Ab', 'Ünder', 'A b"c'][n % 6] + (n % 4 === 0 ? '' : ` ${n % 5}`),
  year: 1990 + (n % 3),
  ids: { imdb: `tt${1_000 + n}` },
  files: [{ path: `/m/${n}.mkv` }],
  genres: [],
  state: { played: false, positionMs: 0 },
});
/** Series without ids have no title of their own: their episodes are known by what their copies tell. */
const episode = (n: number, name = `Serie ${n % 3}`): UpstreamItem => ({
  upstreamId: `e${n}`,
  libraryId: '2',
  kind: 'episode',
  title: `Folge ${n}`,
  ids: { tvdb: String(5_000 + n) },
  show: { upstreamId: `s${n % 3}`, title: name, year: 2000 + (n % 3), ids: n % 3 === 0 ? {} : { tvdb: `9${n % 3}` } },
  season: n % 2,
  episodes: [n],
  files: [{ path: `/e/${n}.mkv` }],
  genres: [],
  state: { played: false, positionMs: 0 },
});

const viewing = (mediaId: MediaId, n: number): StoredViewing => ({
  mediaId,
  watched: n % 3 === 0,
  changedAt: (n * 7) % 11,
  positionMs: 0,
  createdAt: (n * 5) % 13,
  updatedAt: (n * 3) % 7,
  ...(n % 4 > 0 && { viaAccountId: ACCOUNTS[n % 4 === 3 ? 0 : (n % 4) - 1] ?? accountId(11) }),
});

describe.each(DATABASES)('a history at size on %s', (kind) => {
  let test: TestDatabase;
  let titles: MediaId[];
  const run = (text: string) => sql.raw(text).execute(test.database.tables<object>());
  const graphOf = (handle = test.database as Parameters<typeof createMediaGraph>[0]) =>
    createMediaGraph(handle, {
      clock,
      onMerged: (pairs) => createMergedTitles(handle).merged(pairs, clock.now()),
      onSplit: (pairs) => createMergedTitles(handle).split(pairs, clock.now()),
    });
  const ingest = (items: readonly UpstreamItem[]) => test.database.transaction((handle) => graphOf(handle).ingest(SERVER, items));

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    await run(
      `insert into server (id, type, uuid, url, name, version, created_at, updated_at) values (1, 'plex', 'p', 'u', 'n', '1', 0, 0)`,
    );
    await run("insert into person (id, name, display_name, created_at) values (2, 'anna', 'Anna', 0)");
    for (const [at, id] of ACCOUNTS.entries()) {
      await run(`insert into account (id, server_id, person_id, name, upstream_user_id, token, options, import_enabled, export_enabled,
        metadata_only, never_unwatch, consent, webhook_token, webhook_token_hash, health_state, created_at, updated_at)
        values (${id}, 1, ${at === 2 ? 2 : 1}, '${['zeta', 'alpha', 'hers'][at]}', 'u${id}', 't', '{}', 1, 0, 0, 0, 'given', 'w', 'h${id}', 'ok', 0, 0)`);
    }
    const copies = await ingest(Array.from({ length: 30 }, (_, n) => [movie(n), episode(n)]).flat());
    titles = copies.flatMap((copy) => copy.mediaIds);
    for (const person of PEOPLE) {
      await createViewingStore(test.database).saveViewings(
        person,
        titles.slice(0, person === MAIN ? 50 : 20).map((id, n) => viewing(id, n)),
      );
    }
  });
  afterAll(() => test.close());

  const sortOf = fc.record<HistorySort>({
    by: fc.constantFrom<HistorySort['by']>(
      'id',
      'kind',
      'changedAt',
      'watched',
      'via',
      'title',
      'year',
      'season',
      'episode',
      'createdAt',
      'updatedAt',
    ),
    descending: fc.boolean(),
  });
  const query = fc.record<HistoryQuery>(
    {
      watched: fc.boolean(),
      via: fc.subarray([...ACCOUNTS.slice(0, 2)]),
      year: fc.constantFrom(1990, 1991, 2001, 2002),
      kind: fc.constantFrom('movie' as const, 'episode' as const),
      title: fc.constantFrom('serie', 'SERIE 0', 'äon', 'ZOË', 'a', 'b"c', 'der f', 'ünd', '*'),
      episodeTitle: fc.constantFrom('folge', 'folge 1', 'E 2'),
      season: fc.constantFrom(0, 1),
      episode: fc.constantFrom(1, 2, 14),
      parent: fc.constantFrom({ provider: 'tvdb', value: '91' }, { provider: 'tvdb', value: '93' }),
      sort: fc.uniqueArray(sortOf, { maxLength: 3, selector: (sort) => sort.by }),
    },
    { requiredKeys: [] },
  );

  /** All titles by the plainest of ways: read, filtered and sorted here. */
  async function plainly(wish: HistoryQuery): Promise<readonly number[]> {
    const viewings = await createViewingStore(test.database).viewings(MAIN, titles);
    const media = await graphOf().describe([...viewings.keys()]);
    const names = new Map([
      [11, 'zeta'],
      [12, 'alpha'],
    ]);
    const rows = [...viewings.values()].flatMap((v) => {
      const m = media.get(v.mediaId);
      if (m === undefined) return [];
      const work = m.kind === 'episode' ? (m.show?.title ?? '') : m.title;
      // SQLite and PostgreSQL of the tests fold A to Z.
      const folded = work.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
      const year = m.kind === 'episode' && m.show?.id === undefined ? m.year : (m.year ?? m.show?.year);
      const keys: Record<HistorySort['by'], number | string> = {
        id: v.mediaId,
        kind: m.kind,
        changedAt: v.changedAt,
        watched: Number(v.watched),
        via: names.get(v.viaAccountId ?? 0) ?? '',
        title: folded,
        year: year ?? -1,
        season: m.season ?? -1,
        episode: m.episode ?? -1,
        createdAt: v.createdAt,
        updatedAt: v.updatedAt,
      };
      return [{ id: v.mediaId, v, m, work, year, keys }];
    });
    const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
    const met = rows.filter(
      ({ v, m, work, year }) =>
        (wish.watched === undefined || v.watched === wish.watched) &&
        (wish.via === undefined || (v.viaAccountId !== undefined && wish.via.some((id) => id === v.viaAccountId))) &&
        (wish.year === undefined || year === wish.year) &&
        (wish.kind === undefined || m.kind === wish.kind) &&
        (wish.title === undefined || holds(work, wish.title)) &&
        (wish.episodeTitle === undefined || (m.kind === 'episode' && holds(m.title, wish.episodeTitle))) &&
        (wish.season === undefined || m.season === wish.season) &&
        (wish.episode === undefined || m.episode === wish.episode) &&
        (wish.parent === undefined || m.show?.ids.tvdb === wish.parent.value),
    );
    const sorts = wish.sort && wish.sort.length > 0 ? wish.sort : [{ by: 'changedAt' as const, descending: true }];
    const order = [...sorts, { by: 'id' as const, descending: sorts[0]?.descending ?? true }];
    const compare = (one: number | string, other: number | string) =>
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
    return met
      .toSorted((one, other) =>
        order.reduce((so, { by, descending }) => so || compare(one.keys[by], other.keys[by]) * (descending ? -1 : 1), 0),
      )
      .map(({ id }) => id);
  }

  it('cuts the same pages whichever way it goes about it', async () => {
    await fc.assert(
      fc.asyncProperty(query, fc.nat(55), fc.integer({ min: 1, max: 20 }), async (wish, offset, limit) => {
        const all = await plainly(wish);
        for (const few of [0, 1_000]) {
          const page = await createHistoryPages(test.database, { few }).page(MAIN, wish, { offset, limit });
          expect({ few, ...page }).toEqual({ few, ids: all.slice(offset, offset + limit), total: all.length });
        }
      }),
      { numRuns: 80 },
    );
  });

  it('knows how many titles stand how, and under what each is listed, whatever happens to them', async () => {
    const act = fc.record({ verb: fc.nat(9), a: fc.nat(59), b: fc.nat(59), person: fc.constantFrom(...PEOPLE) });
    const taken: Readonly<{ person: (typeof PEOPLE)[number]; title: TakenTitle }>[] = [];
    const bins: { person: (typeof PEOPLE)[number]; bin: number }[] = [];
    let lastBin = 0;
    const { database } = test;
    const doIt = async ({ verb, a, b, person }: Readonly<{ verb: number; a: number; b: number; person: (typeof PEOPLE)[number] }>) => {
      const one = titles[a] ?? expect.fail();
      const other = titles[b] ?? expect.fail();
      const store = createViewingStore(database);
      if (verb <= 1) {
        const [now] = (await graphOf().lasting([one])).values();
        await store.saveViewings(person, [viewing((now ?? one) as MediaId, b)]);
      } else if (verb === 2) {
        const title = await database.transaction((handle) => createTakenTitles(handle).takeOut(person, one));
        if (title) taken.push({ person, title });
      } else if (verb === 3) {
        const back = taken.pop();
        if (back) await database.transaction((handle) => createTakenTitles(handle).putBack(back.person, back.title));
      } else if (verb === 4) {
        lastBin += 1;
        await run(`insert into bin_entry (id, kind, title, payload, actor_kind, actor_id, actor_name, deleted_at, restore_until)
          values (${lastBin}, 'viewing.history', 't', '{}', 'job', '1', 'n', 0, 1)`);
        await database.transaction((handle) => createWholeHistory(handle).take(person, lastBin));
        bins.push({ person, bin: lastBin });
      } else if (verb === 5) {
        const back = bins.pop();
        if (back) await database.transaction((handle) => createWholeHistory(handle).putBack(back.person, back.bin));
      } else if (verb === 6) {
        // Two that are one kind; others are refused.
        await database.transaction((handle) => graphOf(handle).merge(one, other, 'test')).catch(() => undefined);
      } else if (verb === 7) {
        const [merge] = (await graphOf().merges({ limit: 30, offset: 0 })).filter((record) => record.splitAt === undefined);
        if (merge) await database.transaction((handle) => graphOf(handle).split(merge.mergeId)).catch(() => undefined);
      } else if (verb === 8) {
        await database.transaction((handle) => createUnshownTitles(handle).dropWith(MAIN, ACCOUNTS[a % 2] ?? accountId(11)));
      } else {
        await ingest([episode(a % 30, `Other ${b % 3}`), { ...movie(a % 30), title: `Renamed ${b}` }, movie(a + 40), episode(b + 40)]);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
        for (const one of acts) await doIt(one);
        await createHistoryCounts(database).fold();
        expect(await orderFaults(database)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    await run("update media set title = 'Wholly new', year = 1888 where kind = 'show'");
    await run("update media set title = 'Wholly new ' || id");
    expect(await orderFaults(database)).toEqual([]);
    const { rows } = await sql<{ n: number }>`select count(*) as n from viewing where person_id = ${MAIN}`.execute(
      database.tables<object>(),
    );
    expect(countOf(await createHistoryCounts(database).of(MAIN), {})).toBe(Number(rows[0]?.n));
  });

  it('tells a counter that is wrong', async () => {
    await run(`insert into history_count (person_id, kind, watched, via, shard, titles) values (9, 'movie', 1, 0, 0, 1)`);
    expect(await orderFaults(test.database)).toEqual(['the counter of "9 movie 1 0" is 1 too high']);
  });
});
