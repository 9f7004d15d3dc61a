import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivity } from '#core/activity/index.ts';
import { createBin, createRestoring } from '#core/bin/index.ts';
import { createSettings } from '#core/settings/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createCustomIds, customIdRestorers, type LinkDraft, type ProviderDraft } from './custom-ids.ts';
import { createMatching, MATCH_BY_PATH } from './matching.ts';
import { createMediaGraph } from './media-graph.ts';

const BY = { kind: 'login', id: '1', name: 'mo' } as const;
const boxd: ProviderDraft = {
  name: 'guid_boxd',
  type: 'plex',
  description: 'Films',
  pattern: '/^[a-z-]+$/',
  example: 'heat',
  valid: ['heat', 'alien-three'],
  invalid: ['Heat', ''],
};
const link: LinkDraft = { type: 'plex', from: 'com.plexapp.agents.boxd', to: 'boxd', legacy: true };

describe.each(DATABASES)('custom ids on %s', (kind) => {
  let test: TestDatabase;
  let now = 1_000;
  const clock = { now: () => now };

  function rooms() {
    const { database } = test;
    const bin = createBin({ database, clock });
    const activity = createActivity({ database, clock });
    const secrets = { encrypt: (text: string) => text, decrypt: (text: string) => text };
    const settings = createSettings({ database, clock, secrets, definitions: [MATCH_BY_PATH] });
    const matching = createMatching({ settings, database });
    return {
      bin,
      activity,
      matching,
      customIds: createCustomIds({ database, clock, bin, activity, changed: matching.load }),
      shelf: createRestoring({ database, bin, activity, restorers: customIdRestorers }),
      graph: <T>(work: (graph: ReturnType<typeof createMediaGraph>) => Promise<T>) =>
        database.transaction((handle) => work(createMediaGraph(handle, { clock, ...matching.current() }))),
    };
  }
  const fieldOf = async (work: Promise<unknown>): Promise<string | undefined> => {
    const error = await work.then(
      () => expect.fail('it was taken'),
      (thrown: unknown) => thrown,
    );
    return isAppError(error, 'invalid') ? error.faults[0]?.field : String(error);
  };
  const movie = (upstreamId: string, title: string, ids: Record<string, string>): UpstreamItem => ({
    upstreamId,
    libraryId: 'l',
    kind: 'movie',
    title,
    ids,
    files: [],
    genres: [],
    state: { played: false, positionMs: 0 },
  });

  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());

  it.each<[string, Partial<ProviderDraft>, string]>([
    ['a name of other signs', { name: 'letter-boxd' }, 'name'],
    ['no name', { name: 'guid_' }, 'name'],
    ['the name of a provider that is there', { name: 'GUID_imdb' }, 'name'],
    ['the name of what paths are known by', { name: 'path' }, 'name'],
    ['a pattern without delimiters', { pattern: 'abc' }, 'validator.pattern'],
    ['a pattern that goes back', { pattern: '/(a)\\1/' }, 'validator.pattern'],
    ['a sample that should match', { valid: ['heat', 'Heat'] }, 'validator.tests.valid.1'],
    ['a sample that should not', { invalid: ['heat'] }, 'validator.tests.invalid.0'],
    ['a sample that is longer than an id', { valid: ['a'.repeat(256)] }, 'validator.tests.valid.0'],
  ])('%s is refused', async (_, change, field) => {
    expect(await fieldOf(rooms().customIds.addProvider({ ...boxd, ...change }, BY))).toBe(field);
  });

  it('are defined, linked and in force at once; the same twice is refused', async () => {
    const { customIds, matching, activity } = rooms();
    expect(await fieldOf(customIds.addLink(link, BY))).toBe('map.to');
    const made = await customIds.addProvider(boxd, BY);
    expect(made).toEqual({ ...boxd, name: 'boxd', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const linked = await customIds.addLink({ ...link, to: 'guid_boxd' }, BY);
    expect(await customIds.links()).toEqual([linked]);
    const { ownIds, customProviders } = matching.current();
    expect([customProviders, ownIds.linksOf('plex'), ownIds.linksOf('emby')]).toEqual([['boxd'], [linked], []]);
    expect(['heat', ' heat ', 'Heat', '', 7, null].map((value) => ownIds.spell('boxd', value))).toEqual(['heat', 'heat', ...Array(4)]);
    expect(await fieldOf(customIds.addProvider(boxd, BY))).toBe('name');
    expect(await fieldOf(customIds.addLink({ ...link, to: 'imdb' }, BY))).toBe('map.from');
    expect(await fieldOf(customIds.addLink({ ...link, from: ' ' }, BY))).toBe('map.from');
    expect(await fieldOf(customIds.addLink({ ...link, from: 'x', replace: { from: '', to: '' } }, BY))).toBe('replace.from');
    const racing = { ...boxd, name: 'raced' };
    const both = await Promise.allSettled([customIds.addProvider(racing, BY), customIds.addProvider(racing, BY)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { entries } = await activity.list({ verb: 'custom-id.' }, { offset: 0, limit: 10 });
    expect(entries.map(({ verb, subject }) => [verb, subject])).toContainEqual(['custom-id.added', 'guid_boxd']);
  });

  it('name titles, and leave them when they are removed: to the bin, and back', async () => {
    const { customIds, matching, bin, shelf, graph } = rooms();
    await matching.load();
    const ingest = (server: number, items: UpstreamItem[]) => graph((one) => one.ingest(serverId(server), items));
    const find = (id: string) => graph((one) => one.find({ kind: 'movie', ids: { boxd: id } }));
    const [first] = await ingest(1, [movie('a', 'Heat', { boxd: 'heat', imdb: 'tt1' }), movie('b', 'Alien', { boxd: 'alien' })]);
    const [second] = await ingest(2, [movie('a', 'Heat (1995)', { boxd: 'heat' })]);
    expect(second?.mediaIds).toEqual(first?.mediaIds);
    const [heat, alien] = [await find('heat'), await find('alien')];

    const [provider] = await customIds.providers();
    const removed = await customIds.removeProvider(provider?.id ?? '', BY);
    expect(removed.name).toBe('boxd');
    expect([await find('heat'), (await customIds.links()).length, matching.current().customProviders]).toEqual([[], 0, ['raced']]);
    expect((await graph((one) => one.get(heat)))[0]?.ids).toEqual({ imdb: 'tt1' });
    // What it had joined stays joined, while its items say the same but that.
    const [still] = await ingest(2, [movie('a', 'Heat (1995)', {})]);
    expect(still?.mediaIds).toEqual(first?.mediaIds);

    const [other] = await ingest(3, [movie('c', 'Alien', { imdb: 'tt9' })]);
    await graph((one) => one.merge(alien[0] ?? expect.fail(), other?.mediaIds[0] ?? expect.fail(), 'mo'));
    const { entries } = await bin.list({ kind: 'media.provider' }, { offset: 0, limit: 10 });
    expect(entries.map(({ title }) => title)).toEqual(['The custom GUID guid_boxd']);
    await shelf.restore(entries[0]?.id ?? 0, BY);
    await matching.load();
    expect([await find('heat'), await find('alien')]).toEqual([heat, other?.mediaIds]);
    expect([(await customIds.links()).map(({ from }) => from), (await customIds.providers()).map(({ id }) => id)]).toEqual([
      [link.from],
      expect.arrayContaining([provider?.id]),
    ]);
  });

  it('come back to what was made anew under their name meanwhile', async () => {
    const { customIds, matching, bin, shelf, graph } = rooms();
    await matching.load();
    const idOf = async (name: string) => (await customIds.providers()).find((one) => one.name === name)?.id ?? '';
    await customIds.removeProvider(await idOf('boxd'), BY);
    const anew = await customIds.addProvider({ ...boxd, description: 'Anew' }, BY);
    const { entries } = await bin.list({ kind: 'media.provider' }, { offset: 0, limit: 1 });
    await shelf.restore(entries[0]?.id ?? 0, BY);
    await matching.load();
    expect((await customIds.providers()).find((one) => one.name === 'boxd')).toEqual(anew);
    expect(await graph((one) => one.find({ kind: 'movie', ids: { boxd: 'heat' } }))).toHaveLength(1);
  });

  it('lose a link to the bin, which comes back only while its provider is there and its place is free', async () => {
    const { customIds, bin, shelf } = rooms();
    const [only] = await customIds.links();
    expect(await customIds.removeLink('plex', only?.id ?? '', BY)).toEqual(only);
    expect(await customIds.removeLink('plex', only?.id ?? '', BY).catch((error: unknown) => isAppError(error, 'not-found'))).toBe(true);
    const entry = async () => (await bin.list({ kind: 'media.id-link' }, { offset: 0, limit: 1 })).entries[0]?.id ?? 0;
    const other = await customIds.addLink({ ...link, to: 'imdb' }, BY);
    await expect(shelf.restore(await entry(), BY)).rejects.toThrow('another link');
    const wanted = await entry();
    await customIds.removeLink('plex', other.id, BY);
    await shelf.restore(wanted, BY);
    expect(await customIds.links()).toEqual([only]);
  });

  it('wait beside the bin no longer than the bin keeps them', async () => {
    const { customIds, bin } = rooms();
    for (const { id } of await customIds.providers()) await customIds.removeProvider(id, BY);
    const waiting = async () =>
      (await test.database.tables<{ custom_id_binned: { value: string } }>().selectFrom('custom_id_binned').selectAll().execute()).length;
    expect(await waiting()).toBeGreaterThan(0);
    now += 40 * 86_400_000;
    await bin.prune();
    expect(await waiting()).toBe(0);
  });
});
