import { expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { systemClock } from '#kernel/instant.ts';
import { startHousehold } from '#tests/support/household.ts';

const DAY = 86_400_000;

it('a page that was asked for before somebody stopped a title does not overrule what was heard since', async () => {
  const home = await startHousehold({ servers: ['jellyfin', 'plex'] });
  try {
    const jellyfin = home.fake('jellyfin');
    const library = jellyfin.addLibrary({ name: 'Movies', kind: 'movies' });
    const heat = jellyfin.addTitle(library, {
      kind: 'movie',
      title: 'Heat',
      year: 1995,
      ids: { imdb: 'tt0113277' },
      addedAt: Date.now() - 90 * DAY,
    });
    const account = await home.addBackend('jellyfin');
    const { watchSync, connections } = home.rooms;
    const quiet = { log: () => undefined, progress: () => undefined, breathe: async () => undefined };
    await watchSync.runImport({ signal: AbortSignal.timeout(20_000), ...quiet });

    // The page is read, and before it is handled the person stops the title and the server's event comes in.
    const server = await connections.connect(account);
    const read = server.readLibrary.bind(server);
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    Object.assign(server, {
      async *readLibrary(...input: Parameters<typeof read>) {
        for await (const page of read(...input)) {
          asked.resolve();
          await held.promise;
          yield page;
        }
      },
    });
    const run = watchSync.runImport({ signal: AbortSignal.timeout(20_000), ...quiet });
    await asked.promise;
    await new Promise((resolve) => setTimeout(resolve, 5));
    jellyfin.setState(jellyfin.owner.id, heat, { positionMs: 600_000, lastPlayedAt: Date.now() });
    const poke = {
      ServerId: jellyfin.uuid,
      NotificationType: 'PlaybackStop',
      ItemId: heat,
      ItemType: 'Movie',
      UserId: jellyfin.owner.id,
      PlaybackPositionTicks: 6_000_000_000,
    };
    const outcome = await watchSync.receiveWebhook({ headers: { 'user-agent': 'Jellyfin-Server/10.11.0' }, body: poke });
    expect(outcome.outcome).toBe('applied');
    held.resolve();
    await run;

    const [copy] = await createMediaGraph(home.rooms.database, { clock: systemClock }).copiesOnServer(account.server.id, [heat]);
    const observations = await createViewingStore(home.rooms.database).observations(account.id, copy ? [copy.id] : []);
    expect([...observations.values()]).toMatchObject([{ positionMs: 600_000 }]);
  } finally {
    await home.close();
  }
});
