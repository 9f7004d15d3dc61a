import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackedTitle } from '#core/upstreams/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createLinkStore, type LinkStore } from './connections.store.ts';
import { createLibraryStore, type LibraryStore, type Open } from './library.store.ts';

const NOW = 1_700_000_000_000;
const title = (number: number, more: Partial<TrackedTitle> = {}): TrackedTitle => ({
  kind: 'movie',
  number,
  shelf: 'movies',
  ids: {},
  title: `Movie ${number}`,
  watched: true,
  episodes: [],
  complete: true,
  numbering: 'aired',
  ...more,
});
const EMPTY = {
  vendor: 'simkl',
  client_id: 'c',
  client_secret: null,
  waiting: null,
  grant_sealed: null,
  account_id: null,
  account_name: null,
  account_plan: null,
  calls_per_day: 2,
  takes: 1,
  sends: 1,
  lists: 0,
  ratings: 0,
  consent: 'pending',
  stamps: null,
  read_at: null,
  synced_at: null,
  spent_on: '',
  spent: 0,
  resume_at: null,
  error_at: null,
  error_code: null,
  error_message: null,
  created_at: NOW,
};

describe.each(DATABASES)('what a connection knows, on %s', (kind) => {
  let opened: TestDatabase;
  let links: LinkStore;
  let library: LibraryStore;
  let other: LibraryStore;
  beforeEach(async () => {
    opened = await openTestDatabase(kind);
    links = createLinkStore(opened.database);
    const ids = [await links.insert({ ...EMPTY, person_id: 1, name: 'one' }), await links.insert({ ...EMPTY, person_id: 1, name: 'two' })];
    library = createLibraryStore(opened.database, ids[0] ?? 0);
    other = createLibraryStore(opened.database, ids[1] ?? 0);
  });
  afterEach(() => opened.close());

  it('is dealt with once, and again where it is otherwise than before', async () => {
    await library.saveSeen([title(1), title(2)]);
    expect(await library.dirty()).toEqual([1, 2]);
    await library.clean([1, 2]);
    await library.saveSeen([title(1), title(2, { rating: 9 })]);
    expect(await library.dirty()).toEqual([2]);
    expect(await other.dirty()).toEqual([]);
  });

  it('tells what is gone from a shelf, and only from that', async () => {
    await library.saveSeen([title(1), title(2), title(3, { shelf: 'anime' })]);
    await library.clean([1, 2, 3]);
    expect(await library.markGone(new Set([1]), 'movies')).toEqual([2]);
    expect(await library.dirty()).toEqual([2]);
    expect((await library.ofNumbers([1, 2, 3])).map(({ seen }) => seen !== undefined)).toEqual([true, false, true]);
  });

  it('follows a title that was joined with another', async () => {
    const media = { kind: 'movie', title: 'Heat', year: 1995, show_id: null, season: null, episode: null, created_at: 0, updated_at: 0 };
    const table = opened.database.tables<{ media: Omit<typeof media, 'show_id' | 'season' | 'episode'> & Record<string, unknown> }>();
    await table
      .insertInto('media')
      .values([
        { ...media, id: 10, merged_into: null },
        { ...media, id: 11, merged_into: 10 },
      ] as never)
      .execute();
    await library.saveSeen([title(1)]);
    await library.place([{ number: 1, mediaId: mediaId(11) }]);
    await library.saveAgreed([{ mediaId: mediaId(11), titleId: mediaId(11), number: 1, own: { season: 0, number: 0 }, hereAt: 5 }]);
    expect(await library.ofMedia([mediaId(10)])).toMatchObject([{ number: 1, mediaId: 10 }]);
    expect(await library.agreedOf([mediaId(10)])).toEqual([
      { mediaId: 10, titleId: 10, number: 1, own: { season: 0, number: 0 }, hereAt: 5 },
    ]);
    await library.forgetAgreed([mediaId(10)]);
    expect(await library.agreedCount()).toBe(0);
  });

  it('keeps what was sent until it is closed, and what was missed for a while', async () => {
    const open = (id: number, state: Open['state'], at: number): Open => ({
      mediaId: mediaId(id),
      titleId: mediaId(id),
      what: 'watched',
      state,
      reason: '',
      at,
    });
    await library.saveOpen([open(1, 'sent', 1), open(2, 'missed', 1), open(3, 'missed', 9)]);
    await library.saveOpen([open(1, 'taken', 2)]);
    await library.forgetMissed(5);
    expect((await library.open()).map(({ mediaId: id, state }) => [id, state])).toEqual([
      [1, 'taken'],
      [3, 'missed'],
    ]);
    await library.close([{ mediaId: mediaId(1), what: 'watched' }]);
    expect(await library.open(['sent', 'taken'])).toEqual([]);
    expect(await other.open()).toEqual([]);
  });

  it('is met anew in what a person would not lose, and in no other title', async () => {
    await library.saveSeen([title(1), title(2)]);
    await library.saveLists([
      { number: 1, here: 'hold', there: 'hold' },
      { number: 2, here: 'hold', there: 'hold' },
    ]);
    await library.clean([1, 2]);
    await library.forgetAccord({ media: [], numbers: [1] });
    expect((await library.ofNumbers([1, 2])).map(({ list }) => list)).toEqual([{}, { here: 'hold', there: 'hold' }]);
    expect(await library.dirty()).toEqual([1]);
  });

  it('goes with the connection', async () => {
    await library.saveSeen([title(1)]);
    const [first] = await links.list();
    await links.remove(first?.link.id ?? 0);
    expect(await library.ofNumbers([1])).toEqual([]);
  });

  it('counts the calls of a day, one after the other, and no more than there are', async () => {
    const [first] = await links.list();
    const id = first?.link.id ?? 0;
    const spent = await Promise.all([1, 2, 3].map(() => links.spend(id, '2026-11-26')));
    expect(spent.filter(Boolean)).toHaveLength(2);
    expect(await links.spend(id, '2026-11-27')).toBe(true);
    expect((await links.find(id))?.link.budget).toEqual({ day: '2026-11-27', spent: 1, callsPerDay: 2 });
  });
});
