import { SimklClient } from '@dvcol/simkl-http-client';
import { simklApi } from '@dvcol/simkl-http-client/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { decideAs } from '#tests/support/simkl-apps.ts';

const OWNER = { username: 'owner', password: 'a long enough password' };
/** Time runs faster in this house, so that nobody waits five seconds between two questions. The client asks far apart in that time. */
const FASTER = 50;
const ASKS_EVERY_S = 0.5;
const began = systemClock.now();
const clock = { now: () => began + (systemClock.now() - began) * FASTER };

let home: Household;
let clients = 0;
beforeAll(async () => {
  home = await startHousehold({ servers: [], clock });
});
afterAll(() => home.close());

function newClient(): SimklClient {
  clients += 1;
  const settings = { client_id: `client-${clients}`, client_secret: 'shh', redirect_uri: 'https://app.test/back' };
  return new SimklClient({ ...settings, endpoint: home.address, useragent: 'conformance/1.0' }, {}, simklApi);
}

/** The client asks simkl.com itself, whatever its settings say: the person goes to the house instead. */
const here = (address: string): string => `${home.address}${new URL(address).pathname}${new URL(address).search}`;

async function agree(address: string): Promise<string> {
  const handed = await fetch(address, { redirect: 'manual' });
  const id = new URL(handed.headers.get('location') ?? '', home.address).searchParams.get('request') ?? '';
  return (await decideAs(home.address, OWNER, id)).redirect ?? '';
}

describe('a real client of Simkl', () => {
  it('signs in through a browser, and is known from then on', async () => {
    const client = newClient();
    const told = new URL(await agree(here(client.resolveAuthorizeUrl({ state: 'a state' })))).searchParams;
    expect(told.get('state')).toBe('a state');
    const auth = await client.exchangeCodeForToken({ code: told.get('code') ?? '' }, told.get('state') ?? '');
    expect(auth.access_token).toMatch(/^[0-9a-f]{64}$/);
    const settings = await (await client.user.settings()).json();
    expect(settings).toMatchObject({ account: { id: 1, timezone: home.config.timeZone }, user: { name: expect.any(String) } });
  });

  it('signs in with a code that is typed elsewhere, asking until somebody has agreed', async () => {
    const client = newClient();
    const poll = await client.getDeviceCode();
    expect(poll).toMatchObject({ result: 'OK', device_code: 'DEVICE_CODE', expires_in: 900, interval: 5 });
    const signedIn = client.pollWithDeviceCode({ ...poll, interval: ASKS_EVERY_S });
    // The client has asked, and has taken the answer for what it is, before anybody agrees.
    await new Promise((resolve) => setTimeout(resolve, 3_000 * ASKS_EVERY_S));
    expect((await decideAs(home.address, OWNER, poll.user_code)).person).toBe('owner');
    const auth = await signedIn;
    expect(auth?.access_token).toMatch(/^[0-9a-f]{64}$/);
    expect((await client.user.settings()).status).toBe(200);
  });

  it('is told that its token is worth nothing, and that a code was used before', async () => {
    const client = newClient();
    const code = new URL(await agree(here(client.resolveAuthorizeUrl()))).searchParams.get('code') ?? '';
    await client.exchangeCodeForToken({ code });
    await expect(client.exchangeCodeForToken({ code })).rejects.toMatchObject({ error: expect.objectContaining({ status: 401 }) });
    client.importAuthentication({ access_token: '0'.repeat(64) });
    const refused = await client.user.settings().catch((error: { error: Response }) => error.error.json());
    expect(refused).toMatchObject({ error: 'user_token_failed', code: 401 });
  });
});
