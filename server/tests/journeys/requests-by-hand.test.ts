import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeerrFake, type FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import { talkTo } from '#tests/support/command-line.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { settled } from '#tests/support/journey.ts';

let house: Household;
let main: FakeSeerr;
let cabin: FakeSeerr;
let attic: FakeSeerr;

const usherr = (words: readonly string[], input?: string) => talkTo(house, ['--json', ...words], input);
const plain = (words: readonly string[]) => talkTo(house, words);
/** Rounds are one at a time: what commands have asked for meanwhile comes first. */
const round = async () => {
  await settled(house);
  return house.rooms.requestReplication.runCycle({ signal: AbortSignal.timeout(20_000), log: () => undefined, progress: () => undefined });
};

beforeAll(async () => {
  house = await startHousehold({ servers: [] });
  [main, cabin, attic] = [await createSeerrFake(), await createSeerrFake(), await createSeerrFake()];
  // Cycles are made by hand.
  await plain(['requests', 'options', 'poll_interval_seconds=86400']);
});
afterAll(async () => {
  await house.close();
  for (const fake of [main, cabin, attic]) await fake.close();
});

describe('the command line for requests', () => {
  it('adds Seerrs with their keys asked for, edits, lists and removes them', async () => {
    const added = await usherr(['desk', 'add', 'Main', '-a', main.baseUrl, '-r', 'primary'], main.apiKey());
    expect(added, added.err).toMatchObject({ code: 0, err: '' });
    expect(added.json()).toMatchObject({ name: 'Main', role: 'primary', has_key: true });
    expect(added.out).not.toContain(main.apiKey());
    const wrong = await usherr(['desk', 'add', 'Cabin', '-a', cabin.baseUrl, '-r', 'subordinate'], 'no-such-key');
    expect([wrong.code, wrong.json()]).toMatchObject([1, { error: { exit: 1 } }]);
    await usherr(['desk', 'add', 'Cabin', '-a', cabin.baseUrl], 'no-such-key');
    expect((await usherr(['desk', 'edit', 'cabin', '--key', '-r', 'subordinate'], cabin.apiKey())).json()).toMatchObject({
      name: 'Cabin',
      role: 'subordinate',
    });
    const external = ['desk', 'add', 'Attic', '--external', '--label', 'attic', '-a', attic.baseUrl, '-r', 'subordinate'];
    expect((await usherr([...external, '--key', attic.apiKey()])).code).toBe(0);
    expect((await plain(['desk', 'list'])).out).toMatch(/^Attic\s+subordinate\s+external\s+attic\s/m);
    expect((await usherr(['desk', 'edit', 'Attic', '--no-label', '--name', 'Loft'])).json()).toMatchObject({ name: 'Loft', label: null });
    expect((await plain(['desk', 'remove', 'Loft'])).out).toBe('Removed Loft.\n');
    expect((await plain(['desk', 'remove', 'Loft'])).code).toBe(1);
    expect((await plain(['desk', 'edit', 'Cabin'])).code).toBe(2);
    expect((await plain(['desk', 'add', 'Cabin', '-a', 'nonsense', '--key', 'x'])).code).toBe(1);
  });

  it('shows what would be done, then what was, and why', async () => {
    const alice = main.addUser({ name: 'alice', email: 'alice@example.test', permissions: 32 });
    main.addRequest({ kind: 'movie', tmdbId: 603 });
    main.ask(alice, { kind: 'tv', tmdbId: 1396, seasons: [1, 2] });
    const preview = (await usherr(['requests', 'preview'])).json();
    expect(preview).toMatchObject({
      primary: 'internal:Main',
      requests: 2,
      stopped: null,
      subordinates: [
        {
          subordinate: 'internal:Cabin',
          known: true,
          changes: [{ action: 'ask', fingerprint: 'movie:603:False', as: expect.any(String) }],
          waiting: [{ fingerprint: 'tv:1396:False', state: 'waiting' }],
        },
      ],
    });
    expect(JSON.stringify(preview)).not.toContain('alice@example.test');
    expect((await plain(['requests', 'preview', '-s', 'internal:Cabin'])).out).toMatch(/^internal:Cabin\s+ask\s+movie:603:False/m);
    expect((await plain(['requests', 'preview', '-s', 'nowhere'])).code).toBe(1);
    expect(cabin.requests()).toEqual([]);

    await round();
    expect((await usherr(['requests', 'status'])).json()).toMatchObject({
      state: 'active',
      tracked: 1,
      primary: { label: 'internal:Main' },
      subordinates: [{ label: 'internal:Cabin', synced: 1, waiting: 1, failed: 0 }],
    });
    expect((await plain(['requests'])).out).toContain('Replication: active; 1 tracked, 0 failed');
    const where = (await usherr(['requests', 'where', 'tv', '1396'])).json();
    expect(where).toMatchObject([
      { seasons: [1, 2], status: 'pending', subordinates: [{ state: 'waiting', reason: expect.stringContaining('approved at once') }] },
    ]);
    expect((await usherr(['requests', 'state'])).json()).toMatchObject([
      { fingerprint: 'movie:603:False', subordinates: { 'internal:Cabin': [{ status: 'approved', how: 'created' }] } },
    ]);
    expect((await plain(['requests', 'drift', 'internal:Cabin'])).out).toContain('1 in step, 1 not, 0 there that are none of ours.');
    expect((await plain(['requests', 'list'])).out).toMatch(/tv:1396:False\s+1,2\s+no\s+pending\s+alice/);
    expect((await plain(['requests', 'where', 'book', '1'])).code).toBe(2);
  });

  it('sets options, all or none, and names what is wrong', async () => {
    const set = await usherr(['requests', 'options', 'sync_declined=true', 'user_mapping=email_match', 'pending_user=waiting']);
    expect(set.json()).toMatchObject({ sync_declined: true, user_mapping: 'email_match', pending_user: 'waiting', sync_deletes: true });
    const refused = await plain(['requests', 'options', 'sync_declined=false', 'poll_interval_seconds=3', 'nonsense=1']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/poll_interval_seconds.*nonsense/s) });
    expect((await plain(['requests', 'options'])).out).toMatch(/^sync_declined\s+true$/m);
    expect((await plain(['requests', 'options', 'sync_declined'])).code).toBe(2);
  });

  it('lists what failed and tries it again', async () => {
    main.addRequest({ kind: 'movie', tmdbId: 42 });
    cabin.blocklist('movie', 42);
    await round();
    expect((await usherr(['requests', 'failed'])).json()).toMatchObject([
      { fingerprint: 'movie:42:False', subordinate: 'internal:Cabin', error: 'This media is blocklisted.', permanent: true },
    ]);
    cabin.unblocklist('movie', 42);
    expect((await usherr(['requests', 'retry', 'movie:42:False', '-s', 'internal:Cabin'])).json()).toEqual({ cleared: 1 });
    await eventually(async () => {
      await round().catch(() => undefined);
      expect(cabin.requests().map((one) => one.tmdbId)).toContain(42);
    });
    expect((await plain(['requests', 'failed'])).out).toBe('');
    expect((await plain(['requests', 'retry', 'nonsense'])).code).toBe(1);
  });

  it('has the primary tell of requests at once, with one command', async () => {
    expect((await plain(['requests', 'webhook'])).err).toContain('USHERR_PUBLIC_URL');
    const hook = await usherr(['requests', 'webhook', '--reached-at', 'http://usherr.test:4848/']);
    expect(hook.json()).toEqual({ url: 'http://usherr.test:4848/api/seerr-sync/webhook' });
    expect(main.agent).toMatchObject({ enabled: true, webhookUrl: 'http://usherr.test:4848/api/seerr-sync/webhook' });
    main.agent.webhookUrl = 'http://somebody-elses.test/hook';
    const taken = await plain(['requests', 'webhook', '--reached-at', 'http://usherr.test']);
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('somebody-elses.test') });
    const former = main.agent.authHeader;
    expect((await plain(['requests', 'webhook', '--reached-at', 'http://usherr.test', '--replace', '--new-token'])).code).toBe(0);
    expect(main.agent.webhookUrl).toBe('http://usherr.test/api/seerr-sync/webhook');
    expect(main.agent.authHeader).not.toBe(former);
    expect((await plain(['requests', 'webhook', '--reached-at', 'nonsense'])).code).toBe(1);
  });

  it('takes over what another Seerr Sync has: shown first, then done, and safe to repeat', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usherr-dumb-'));
    const file = async (name: string, content: unknown) => {
      await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
      return join(folder, name);
    };
    const config = await file('dumb_config.json', {
      seerr: { instances: { Main: { enabled: true, port: 5055, sync_role: 'primary' } } },
      seerr_sync: {
        external_subordinates: [{ url: attic.baseUrl, api_key: attic.apiKey(), label: 'attic' }],
        options: { sync_declined: false },
      },
    });
    const film = main.addRequest({ kind: 'movie', tmdbId: 11 });
    const there = attic.addRequest({ kind: 'movie', tmdbId: 11 });
    const state = await file('seerr_sync_state.json', {
      requests: { 'movie:11:False': { primary_id: film, subordinates: { attic: { id: there, status: 2 }, gone: { id: 1, status: 2 } } } },
    });
    const shown = await plain(['requests', 'import', '--config', config]);
    expect(shown, shown.err).toMatchObject({
      code: 0,
      out: expect.stringMatching(/attic\s+subordinate\s+added[\s\S]*Nothing was changed/),
    });
    expect((await plain(['desk', 'list'])).out).not.toContain('attic');
    const done = await usherr(['requests', 'import', '--config', config, '--state', state, '--apply']);
    expect(done.json()).toMatchObject({
      applied: true,
      config: { options: ['sync_declined'] },
      state: { linked: 1, skipped: [{ subordinate: 'gone' }] },
    });
    expect(done.out).not.toContain(attic.apiKey());
    expect((await usherr(['requests', 'import', '--state', state, '--apply'])).json()).toMatchObject({ state: { linked: 0 } });
    expect((await usherr(['requests', 'where', 'movie', '11'])).json()).toMatchObject([
      {
        subordinates: expect.arrayContaining([
          expect.objectContaining({ subordinate: 'attic', requests: [expect.objectContaining({ id: there })] }),
        ]),
      },
    ]);
    expect((await plain(['requests', 'import'])).code).toBe(2);
    expect((await plain(['requests', 'import', '--config', await file('broken.json', '{')])).code).toBe(2);
  });

  it('asks before it deletes unusually much, and does what it is told', async () => {
    const extra = Array.from({ length: 12 }, (_, nth) => main.addRequest({ kind: 'movie', tmdbId: 700 + nth }));
    await round();
    const kept = cabin.requests().length;
    for (const id of extra) main.remove(id);
    await round();
    expect(cabin.requests()).toHaveLength(kept);
    const status = (await usherr(['requests', 'status'])).json() as { stopped: { plan_id: string } | null };
    const plan = status.stopped?.plan_id ?? '';
    expect((await plain(['requests', 'status'])).out).toContain(`Answer plan ${plan}`);
    expect((await plain(['plan', 'show', plan])).out).toContain('Delete 12 requests');
    expect((await plain(['approve', plan])).code).toBe(0);
    await eventually(() => expect(cabin.requests()).toHaveLength(kept - 12));
  });

  it('says who somebody is, and starts anew with a primary that was set up anew', async () => {
    await plain(['user', 'add', 'ann', '--no-login']);
    const users = (await usherr(['desk', 'users'])).json() as { user_id: number; name: string; person: string | null }[];
    const alice = users.find(({ name }) => name === 'alice');
    expect(alice).toMatchObject({ person: null });
    expect((await plain(['desk', 'user', 'Main', String(alice?.user_id), 'ann'])).out).toBe('alice on Main is ann.\n');
    expect((await usherr(['requests', 'list', '-u', 'ann'])).json()).toMatchObject({ total: 1, items: [{ fingerprint: 'tv:1396:False' }] });
    expect((await plain(['desk', 'user', 'Main', String(alice?.user_id), 'nobody'])).code).toBe(1);
    const before = cabin.requests();
    expect((await plain(['requests', 'start-anew'])).code).toBe(0);
    expect(cabin.requests()).toEqual(before);
    expect((await talkTo(house, ['requests', '--url', 'http://127.0.0.1:9'])).code).toBe(3);
    expect((await talkTo(house, ['requests', '--api-key', 'not the key'])).code).toBe(4);
  });
});
