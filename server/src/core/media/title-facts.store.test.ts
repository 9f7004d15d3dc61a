import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Publish } from '#core/events.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { fc } from '#tests/support/properties.ts';
import { tablesOf } from './media.schema.store.ts';
import { createMediaGraph } from './media-graph.ts';
import type { ToldTitle } from './title-fact.ts';
import { factTablesOf } from './title-facts.schema.store.ts';
import { createTitleFacts, type TitleFactDesk } from './title-facts.ts';

const PLEX = serverId(1);
const JELLYFIN = serverId(2);
const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const HEAT: UpstreamItem = { ...listed, upstreamId: 'm', kind: 'movie', title: 'Heat', ids: { imdb: 'tt0113277' } };
const LOST = { upstreamId: 's', title: 'Lost', year: 2004, ids: { tvdb: '73739' } };
const episode = (season: number, episodes: number | number[], more: Partial<UpstreamItem> = {}): UpstreamItem => ({
  ...listed,
  upstreamId: `s${season}e${episodes}`,
  kind: 'episode',
  title: `Part ${episodes}`,
  ids: {},
  show: LOST,
  season,
  episodes: [episodes].flat(),
  ...more,
});

describe.each(DATABASES)('what is known of titles, on %s', (kind) => {
  let opened: TestDatabase;
  let facts: TitleFactDesk;
  let now = day('2026-01-01');
  const clock = { now: () => now };
  let heard: unknown[] = [];
  const publish: Publish<unknown> = async (_tx, topic, payload) => void heard.push([topic, payload]);
  const put = async (server: typeof PLEX, ...items: UpstreamItem[]): Promise<readonly MediaId[]> => {
    const copies = await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).ingest(server, items));
    return copies.flatMap((copy) => copy.mediaIds);
  };
  const graph = () => createMediaGraph(opened.database, { clock });
  const showOf = async (id: MediaId | undefined): Promise<MediaId> =>
    (await graph().describe([id ?? mediaId(0)])).get(id ?? 0)?.show?.id ?? mediaId(0);
  /** The lengths alone are read on a way of their own, which must come to the same for each title of these tests. */
  const factsOf = async (id: MediaId | undefined) => {
    const found = (await facts.of([id ?? mediaId(0)])).get(id ?? mediaId(0));
    const title = (await graph().describe([id ?? mediaId(0)])).get(id ?? mediaId(0));
    if (title && title.kind !== 'episode') expect((await facts.lengthsOf([title])).get(title.id)).toBe(found?.runtimeMs);
    return found;
  };
  const episodesOf = async (id: MediaId) => (await facts.episodesOf([id])).get(id);
  const tell = (...titles: ToldTitle[]) => facts.tell('oracle', titles);

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    facts = createTitleFacts({ database: opened.database, clock, publish });
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    now = day('2026-01-01');
    heard = [];
    const media = tablesOf(opened.database);
    for (const table of [
      'media',
      'external_id',
      'coordinate',
      'copy',
      'copy_media',
      'server_show',
      'media_merge',
      'media_apart',
    ] as const) {
      await media.deleteFrom(table).execute();
    }
    const told = factTablesOf(opened.database);
    for (const table of ['title_fact', 'episode_fact'] as const) await told.deleteFrom(table).execute();
  });

  it('comes from the household’s servers at once', async () => {
    const [heat] = await put(PLEX, { ...HEAT, runtimeMs: minutes(170), releasedOn: '1995-12-15', overview: 'A thief.', genres: ['Crime'] });
    const [copy] = await graph().copiesOf([heat ?? mediaId(0)]);
    expect(await factsOf(heat)).toEqual({
      runtimeMs: minutes(170),
      releasedAt: day('1995-12-15'),
      status: 'released',
      overview: 'A thief.',
      genres: ['Crime'],
      poster: { copyId: copy?.id },
      backdrop: { copyId: copy?.id },
      sources: ['servers'],
    });
  });

  it('is filled in by a source where the servers said nothing, and only there', async () => {
    const [heat] = await put(PLEX, { ...HEAT, runtimeMs: minutes(170) });
    await tell({
      media: heat ?? mediaId(0),
      facts: { runtimeMs: 1, overview: 'Told.', poster: '/p.jpg', score: { value: 8, votes: 2 }, releasedOn: '1995-12-15', country: 'US' },
    });
    expect(await factsOf(heat)).toMatchObject({
      runtimeMs: minutes(170),
      overview: 'Told.',
      poster: { told: { source: 'oracle', path: '/p.jpg' } },
      score: { value: 8, votes: 2 },
      releasedAt: day('1995-12-15'),
      country: 'US',
      sources: ['servers', 'oracle'],
    });
  });

  it('has lengths that are those of the first who tells one, for random copies and sources', async () => {
    const teller = fc.record({
      server: fc.constantFrom(PLEX, JELLYFIN, serverId(3)),
      length: fc.option(fc.integer({ min: 0, max: 9 })),
      gone: fc.boolean(),
    });
    const source = fc.record({ name: fc.constantFrom('oracle', 'almanac', 'zodiac'), length: fc.option(fc.integer({ min: 10, max: 19 })) });
    let number = 0;
    const show = async (title: number, copies: readonly { server: typeof PLEX; length: number | null; gone: boolean }[]) => {
      const ids = new Set<MediaId>();
      for (const [index, { server, length, gone }] of copies.entries()) {
        const what = {
          ...listed,
          upstreamId: `${title}-${index}`,
          kind: 'movie' as const,
          title: `Film ${title}`,
          ids: { imdb: `tt${title}` },
        };
        const [id] = await put(server, { ...what, ...(length !== null && { runtimeMs: length }) });
        if (id !== undefined) ids.add(id);
        const own = (await graph().copiesOnServer(server, [what.upstreamId])).map((copy) => copy.id);
        if (gone) await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).markCopiesGone(own));
      }
      return [...ids][0];
    };
    await fc.assert(
      fc.asyncProperty(fc.array(teller, { minLength: 1, maxLength: 4 }), fc.array(source, { maxLength: 3 }), async (copies, sources) => {
        number += 1;
        const id = await show(number, copies);
        for (const { name, length } of sources)
          await facts.tell(name, [{ media: id ?? mediaId(0), facts: length === null ? { overview: 'x' } : { runtimeMs: length } }]);
        expect(await factsOf(id)).toBeDefined();
      }),
      { numRuns: 25 },
    );
  });

  it('is what a copy that is there says, before one that is gone', async () => {
    const [heat] = await put(PLEX, { ...HEAT, overview: 'Old.', genres: ['Crime'] });
    const old = await graph().copiesOf([heat ?? mediaId(0)]);
    await put(JELLYFIN, { ...HEAT, overview: 'New.' });
    expect(await factsOf(heat)).toMatchObject({ overview: 'Old.' });
    await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).markCopiesGone(old.map((copy) => copy.id)));
    expect(await factsOf(heat)).toMatchObject({ overview: 'New.', genres: ['Crime'] });
  });

  it('has its poster from one item of each server, then from sources; of an episode that of its show', async () => {
    const twice = { ...HEAT, upstreamId: 'm4k' };
    const [heat, first] = await put(PLEX, HEAT, episode(1, 1), episode(1, 2), twice);
    await put(JELLYFIN, { ...HEAT, upstreamId: 'j' }, episode(1, 2, { show: { ...LOST, upstreamId: 'js' } }));
    const show = await showOf(first);
    await tell({ media: heat ?? mediaId(0), facts: { poster: '/p.jpg' } }, { media: show, facts: { overview: 'No picture.' } });
    const ofHeat = [
      { serverId: PLEX, upstreamId: 'm' },
      { serverId: JELLYFIN, upstreamId: 'j' },
    ];
    expect(await facts.posterOf(heat ?? mediaId(0))).toEqual({ copies: ofHeat, told: [{ source: 'oracle', path: '/p.jpg' }] });
    const ofShow = {
      copies: [
        { serverId: PLEX, upstreamId: 's1e1', showUpstreamId: 's' },
        { serverId: JELLYFIN, upstreamId: 's1e2', showUpstreamId: 'js' },
      ],
      told: [],
    };
    expect(await facts.posterOf(show)).toEqual(ofShow);
    expect(await facts.posterOf(first ?? mediaId(0))).toEqual(ofShow);
    const onPlex = (await graph().copiesOf([heat ?? mediaId(0)])).filter((copy) => copy.serverId === PLEX);
    await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).markCopiesGone(onPlex.map((copy) => copy.id)));
    expect((await facts.posterOf(heat ?? mediaId(0)))?.copies).toEqual(ofHeat.slice(1));
    expect(await facts.posterOf(mediaId(999_999))).toBeUndefined();
  });

  it('turns from upcoming into released, and of a show into airing, when the day has come', async () => {
    const [heat, first] = await put(PLEX, HEAT, episode(1, 1));
    const show = await showOf(first);
    await tell(
      { media: heat ?? mediaId(0), facts: { status: 'upcoming', releasedOn: '2026-02-01' } },
      { media: show, facts: { status: 'upcoming', releasedOn: '2026-02-01' } },
    );
    expect([(await factsOf(heat))?.status, (await factsOf(show))?.status]).toEqual(['upcoming', 'upcoming']);
    now = day('2026-02-01');
    expect([(await factsOf(heat))?.status, (await factsOf(show))?.status]).toEqual(['released', 'airing']);
  });

  it('of a show is what its first regular episodes tell, and never the length of two', async () => {
    const [, , , third] = await put(
      PLEX,
      episode(0, 1, { runtimeMs: minutes(5), releasedOn: '2003-01-01' }),
      episode(1, [1, 2], { runtimeMs: minutes(90), releasedOn: '2004-09-22', overview: 'Of the pilot.' }),
      episode(1, 3, { runtimeMs: minutes(42), genres: ['Drama'] }),
    );
    const show = await showOf(third);
    const shown = await factsOf(show);
    expect(shown).toMatchObject({ runtimeMs: minutes(42), releasedAt: day('2004-09-22'), genres: ['Drama'] });
    expect([shown?.status, shown?.overview]).toEqual([undefined, undefined]);
  });

  it('does not take an episode for the first because no earlier one is there', async () => {
    const [later] = await put(PLEX, episode(3, 1, { releasedOn: '2006-10-04' }));
    expect((await factsOf(await showOf(later)))?.releasedAt).toBeUndefined();
  });

  it('of a show of which only late numbers are there is what those tell', async () => {
    const [, late] = await put(
      PLEX,
      episode(0, 1, { runtimeMs: minutes(5) }),
      episode(1, 892, { runtimeMs: minutes(24), releasedOn: '2019-07-07' }),
    );
    expect(await factsOf(await showOf(late))).toMatchObject({ runtimeMs: minutes(24), sources: ['servers'] });
  });

  it('of an episode is told under its show and number', async () => {
    const [second] = await put(PLEX, episode(1, 2));
    const told = { season: 1, number: 2, title: 'Two', airedOn: '2004-09-29', runtimeMs: minutes(43), overview: 'On.', still: '/2.jpg' };
    await tell({ media: await showOf(second), facts: {}, episodes: [told] });
    expect(await factsOf(second)).toMatchObject({
      releasedAt: day('2004-09-29'),
      runtimeMs: minutes(43),
      overview: 'On.',
      poster: { told: { source: 'oracle', path: '/2.jpg' } },
    });
  });

  it('lists the episodes that servers have, without claiming that they are all', async () => {
    const ids = await put(PLEX, episode(2, 1), episode(0, 1), episode(1, [1, 2], { releasedOn: '2004-09-22', runtimeMs: minutes(84) }));
    const [s2e1, special, one, two] = ids;
    expect(await episodesOf(await showOf(s2e1))).toEqual({
      complete: false,
      episodes: [
        { mediaId: special, season: 0, number: 1, title: 'Part 1' },
        { mediaId: one, season: 1, number: 1, title: 'Part 1,2', airedAt: day('2004-09-22') },
        { mediaId: two, season: 1, number: 2, title: 'Part 1,2', airedAt: day('2004-09-22') },
        { mediaId: s2e1, season: 2, number: 1, title: 'Part 1' },
      ],
    });
  });

  it('joins them with the full list that a source told', async () => {
    const [one] = await put(PLEX, episode(1, 1, { runtimeMs: minutes(42) }));
    const show = await showOf(one);
    const episodes = [1, 2, 3].map((number) => ({ season: 1, number, title: `T${number}`, airedOn: `2004-09-2${number}`, runtimeMs: 5 }));
    await tell({ media: show, facts: { status: 'ended' }, complete: true, episodes: [...episodes, { season: 2, number: 1 }] });
    expect(await episodesOf(show)).toEqual({
      complete: true,
      episodes: [
        { mediaId: one, season: 1, number: 1, title: 'Part 1', airedAt: day('2004-09-21'), runtimeMs: minutes(42) },
        { season: 1, number: 2, title: 'T2', airedAt: day('2004-09-22'), runtimeMs: 5 },
        { season: 1, number: 3, title: 'T3', airedAt: day('2004-09-23'), runtimeMs: 5 },
        { season: 2, number: 1 },
      ],
    });
  });

  it('lists an episode once that servers number differently, where the list has it', async () => {
    const ids = { tvdb: '127' };
    const [one] = await put(PLEX, episode(1, 13, { ids }));
    await put(JELLYFIN, episode(2, 1, { ids, upstreamId: 'j' }));
    const show = await showOf(one);
    expect((await episodesOf(show))?.episodes).toMatchObject([{ mediaId: one, season: 1, number: 13 }]);
    await tell({ media: show, facts: {}, complete: true, episodes: [{ season: 2, number: 1 }] });
    expect((await episodesOf(show))?.episodes).toMatchObject([{ mediaId: one, season: 2, number: 1 }]);
  });

  it('keeps nothing of what a source told before, and all that another told', async () => {
    const [one] = await put(PLEX, episode(1, 1));
    const show = await showOf(one);
    await facts.tell('other', [{ media: show, facts: { network: 'ABC' } }]);
    await tell({
      media: show,
      facts: { overview: 'Old.' },
      complete: true,
      episodes: [
        { season: 1, number: 1 },
        { season: 1, number: 9 },
      ],
    });
    await tell({
      media: show,
      facts: { country: 'US' },
      complete: false,
      episodes: [
        { season: 1, number: 1 },
        { season: 1, number: 2 },
      ],
    });
    const shown = await factsOf(show);
    expect([shown?.overview, shown?.country, shown?.network]).toEqual([undefined, 'US', 'ABC']);
    expect((await episodesOf(show))?.complete).toBe(false);
    expect((await episodesOf(show))?.episodes.map(({ number }) => number)).toEqual([1, 2]);
    await facts.forget('oracle');
    expect((await factsOf(show))?.sources).toEqual(['servers', 'other']);
    expect((await episodesOf(show))?.episodes.map(({ number }) => number)).toEqual([1]);
  });

  it('is an event where a source tells something else than before', async () => {
    const [heat, one] = await put(PLEX, HEAT, episode(1, 1));
    const show = await showOf(one);
    const told = { media: show, facts: { status: 'airing' as const }, complete: true, episodes: [{ season: 1, number: 1 }] };
    await tell(told, { media: heat ?? mediaId(0), facts: { country: 'US' } });
    expect(heard).toEqual([['media.told', { mediaIds: [show, heat] }]]);
    now += 1;
    await tell(told);
    expect(heard).toHaveLength(1);
    await tell({ ...told, episodes: [{ season: 1, number: 1, airedOn: '2004-09-22' }] });
    await tell({ ...told, complete: false });
    expect(heard.slice(1)).toEqual([
      ['media.told', { mediaIds: [show] }],
      ['media.told', { mediaIds: [show] }],
    ]);
    await facts.forget('oracle');
    expect(heard.slice(3)).toEqual([['media.told', { mediaIds: expect.arrayContaining([show, heat]) }]]);
  });

  it('follows a merge, and is parted again by a split', async () => {
    const [one] = await put(PLEX, episode(1, 1));
    const other = { upstreamId: 'x', title: 'Lost', ids: { imdb: 'tt0411008' } };
    const [two] = await put(JELLYFIN, episode(1, 2, { show: other }));
    const [kept, gone] = [await showOf(one), await showOf(two)];
    await tell({ media: gone, facts: { network: 'ABC' }, complete: true, episodes: [{ season: 1, number: 2, airedOn: '2004-09-29' }] });
    const [pair] = await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).merge(gone, kept, 'somebody'));
    expect(await factsOf(kept)).toMatchObject({ network: 'ABC' });
    expect((await facts.of([gone])).get(gone)).toEqual(await factsOf(kept));
    expect(await episodesOf(kept)).toMatchObject({ complete: true, episodes: [{ mediaId: one }, { mediaId: two }] });
    expect(await factsOf(two)).toMatchObject({ releasedAt: day('2004-09-29') });
    await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).split(pair?.mergeId ?? 0));
    expect((await factsOf(kept))?.network).toBeUndefined();
    expect(await episodesOf(kept)).toMatchObject({ complete: false, episodes: [{ mediaId: one }] });
    expect(await factsOf(gone)).toMatchObject({ network: 'ABC' });
  });

  it('says nothing of titles that there are not, and has no episodes of a movie', async () => {
    const [heat] = await put(PLEX, HEAT);
    expect([...(await facts.of([mediaId(987_654), heat ?? mediaId(0)])).keys()]).toEqual([heat]);
    expect((await facts.episodesOf([heat ?? mediaId(0)])).size).toBe(0);
    expect((await facts.of([])).size).toBe(0);
  });
});
