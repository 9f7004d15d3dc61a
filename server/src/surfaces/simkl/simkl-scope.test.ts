import { expect, it } from 'vitest';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';
import { HEAT, useSimklLibrary } from '#tests/support/simkl-library.ts';

const house = useSimklLibrary();

it('an app that may only read changes nothing', async () => {
  const reader = createSimklCalls(
    () => house.home.address,
    await letAppIn(house.home.rooms.appGrants, { generation: 2, clientId: 'reader', readOnly: true }),
  );
  for (const path of ['/sync/history', '/sync/history/remove', '/sync/ratings', '/sync/ratings/remove']) {
    expect((await reader('POST', path, { movies: [HEAT] })).body).toMatchObject({ error: 'insufficient_scope', code: 403 });
  }
  expect((await reader('POST', '/sync/add-to-list', { movies: [{ ...HEAT, to: 'hold' }] })).status).toBe(403);
  expect((await reader('POST', '/sync/watched', { movies: [HEAT] })).status).toBe(403);
  expect((await reader('POST', '/sync/watched', [{ tmdb: 949 }])).status).toBe(200);
  expect((await reader('GET', '/sync/all-items')).status).toBe(200);
});
