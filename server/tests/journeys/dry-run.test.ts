import { expect, it } from 'vitest';
import { startHousehold } from '#tests/support/household.ts';

it('a dry run of import and export says what would happen, and nothing happens', async () => {
  const home = await startHousehold({ servers: ['plex', 'emby'] });
  try {
    const ids = (['plex', 'emby'] as const).map((kind) => {
      const fake = home.fake(kind);
      const library = fake.addLibrary({ name: 'Movies', kind: 'movies' });
      return fake.addTitle(library, {
        kind: 'movie',
        title: 'Heat',
        year: 1995,
        ids: { imdb: 'tt0113277' },
        addedAt: Date.UTC(2024, 0, 1),
      });
    });
    const [heatOnPlex = ''] = ids;
    const [plex, emby] = [home.fake('plex'), home.fake('emby')];
    await home.addBackend('plex');
    await home.addBackend('emby');
    const run = async (verb: 'runImport' | 'runExport', dryRun: boolean, backend?: string): Promise<string[]> => {
      const lines: string[] = [];
      await home.rooms.watchSync[verb]({
        dryRun,
        ...(backend !== undefined && { backend }),
        signal: AbortSignal.timeout(20_000),
        log: (_level, text) => lines.push(text),
        progress: () => undefined,
        breathe: async () => undefined,
      });
      return lines;
    };
    await run('runImport', false);
    plex.setState(plex.owner.id, heatOnPlex, { played: true, playCount: 1, lastPlayedAt: Date.now() - 1_000 });
    emby.forgetCalls();

    expect(await run('runImport', true)).toContain('plex: Heat (1995) would be watched.');
    expect(await home.get('/v1/api/history?watched=1')).toMatchObject({ status: 404 });

    const before = (await home.rooms.connections.list()).map((account) => account.importLastSync);
    await run('runImport', true);
    expect((await home.rooms.connections.list()).map((account) => account.importLastSync)).toEqual(before);
    expect(emby.calls.filter((call) => call.method !== 'GET')).toEqual([]);

    emby.setMood('unauthorized');
    await run('runImport', false, 'plex');
    expect(await run('runExport', true)).toContain('emby: Heat (1995) would be marked as watched (watched elsewhere).');
  } finally {
    await home.close();
  }
});
