import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { heat, importNow, settled, shelve } from '#tests/support/journey.ts';

const PASSWORD = 'a long enough password';

type Run = { person: string | null; counts: object; progress: { text: string | null } | null; error: unknown; plan: unknown };
type Overview = { accounts: { name: string; last_run: Run | null; running: Run | null }[] };

let home: Household;
let kim: Record<string, string>;

const lastRuns = async (headers: Record<string, string> = {}): Promise<Record<string, Run | null>> => {
  const { body } = await home.get('/api/v1/sync', headers);
  return Object.fromEntries((body as Overview).accounts.map((account) => [account.name, account.last_run]));
};
const importOf = async (identity?: string): Promise<void> => {
  const data = { name: 'import', ...(identity !== undefined && { identity }) };
  await home.send('POST', '/v1/api/system/events', { event: 'system:task', event_data: data });
  await settled(home);
};

beforeAll(async () => {
  home = await startHousehold({ servers: ['jellyfin'] });
  shelve(home, 'jellyfin', heat);
  await home.addBackend('jellyfin', { name: 'of_main' });
  for (const name of ['kim', 'lee']) {
    const { body } = await home.send('POST', '/api/v1/people', { name });
    const as = home.fake('jellyfin').addUser({ name });
    await home.addBackend('jellyfin', { as, name: `of_${name}`, personId: (body as { id: never }).id });
  }
  await home.send('POST', '/api/v1/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await home.send('POST', '/api/v1/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
  await importNow(home);
}, 30_000);
afterAll(() => home.close());

describe('how each account stands', () => {
  it('is told by the runs that it took part in, and not by those of somebody else', async () => {
    await importOf('kim');
    await importOf('lee');
    expect((await lastRuns(kim)).of_kim).toMatchObject({ person: 'kim', counts: { of_kim: { items: 1 } } });
    const all = await lastRuns();
    expect([all.of_main, all.of_kim?.person, all.of_lee?.person]).toEqual([null, 'kim', 'lee']);
    const { body } = await home.get('/api/v1/sync/runs?account=of_kim');
    expect((body as { items: Run[] }).items.map(({ person }) => person)).toEqual(['kim']);
  });

  it.each([
    ['/v1/api/tasks/import/queue', undefined],
    ['/v1/api/system/events', { event: 'system:task', event_data: { name: 'import' } }],
    ['/api/v1/tasks/import/run', {}],
  ])('names who asked for a run by %s', async (path, body) => {
    await settled(home);
    expect((await home.send('POST', path, body)).status).toBe(202);
    await settled(home);
    const runs = (await home.get('/api/v1/sync/runs?per_page=1')).body as { items: { by: string }[] };
    expect(runs.items.map(({ by }) => by)).toEqual(['USHERR_API_KEY']);
  });

  it('says of a run of everybody that it was, and to a person no more', async () => {
    await importOf();
    const hers = (await lastRuns(kim)).of_kim;
    expect(hers).toMatchObject({ person: null, status: 'completed', counts: {}, error: null, plan: null });
    expect(hers?.progress?.text ?? null).toBeNull();
    expect((await lastRuns()).of_kim).toMatchObject({ person: null, counts: { of_main: { items: 1 }, of_lee: { items: 1 } } });
    expect(JSON.stringify((await home.get('/api/v1/sync', kim)).body)).not.toMatch(/of_(main|lee)/);
  });
});
