import { describeMediaServerContract } from '#core/upstreams/media-server.contract.ts';
import { systemClock } from '#kernel/instant.ts';
import { createEmbyFake } from './emby.fake.ts';
import { createEmbyDriver } from './index.ts';

describeMediaServerContract('Emby', async () => {
  const fake = await createEmbyFake();
  return {
    fake,
    driver: createEmbyDriver({ clock: systemClock, deviceId: 'contract' }),
    connection: (user) => ({ url: fake.baseUrl, token: user.token, userId: user.id }),
    close: fake.close,
  };
});
