import { describeMediaServerContract } from '#core/upstreams/media-server.contract.ts';
import { systemClock } from '#kernel/instant.ts';
import { createJellyfinDriver } from './index.ts';
import { createJellyfinFake } from './jellyfin.fake.ts';

for (const version of ['10.8.13', '10.11.8']) {
  describeMediaServerContract(
    `Jellyfin ${version}`,
    async () => {
      const fake = await createJellyfinFake({ version });
      return {
        fake,
        driver: createJellyfinDriver({ clock: systemClock, deviceId: 'contract' }),
        connection: (user) => ({ url: fake.baseUrl, token: user.token, userId: user.id }),
        close: fake.close,
      };
    },
    { marksSendEvents: true, takesPositions: !version.startsWith('10.8.') },
  );
}
