import { describeMediaServerContract } from '#core/upstreams/media-server.contract.ts';
import { systemClock } from '#kernel/instant.ts';
import { createPlexFake } from './plex.fake.ts';
import { createPlexDriver } from './plex-driver.ts';

describeMediaServerContract(
  'Plex',
  async () => {
    const fake = await createPlexFake();
    const driver = createPlexDriver({ clock: systemClock, clientIdentifier: 'usherr-test', plexTvUrl: fake.plexTvUrl });
    return {
      fake,
      driver,
      connection: (user) => ({ url: fake.baseUrl, token: user.token, userId: user.id, uuid: fake.uuid }),
      async close() {
        await driver.close();
        await fake.close();
      },
    };
  },
  { marksSendEvents: false },
);
