import { describe, expect, it } from 'vitest';
import { API_KEY } from '#tests/support/household.ts';
import { eventually, settled } from '#tests/support/journey.ts';
import { inSimklHousehold } from '#tests/support/simkl.ts';
import { runCli } from '../../src/cli/index.ts';

describe('a Simkl account', () => {
  it('is connected, shown, switched and disconnected over the API, without a secret in any answer', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const added = await home.send('POST', '/api/v1/trackers', {
        name: 'mine',
        client_id: 'usherr-test-app',
        client_secret: 'not much of a secret',
      });
      expect(added).toMatchObject({
        status: 201,
        body: { tracker: { state: 'waiting', import: false, export: false }, invitation: { how: 'code' } },
      });
      const { tracker, invitation } = added.body as { tracker: { id: number }; invitation: { user_code: string } };
      const at = `/api/v1/trackers/${tracker.id}`;
      expect((await home.send('POST', `${at}/connect`, {})).body).toEqual({ state: 'pending' });
      expect((await home.send('POST', `${at}/run`, {})).status).toBe(409);
      fake.grants.enterCode(invitation.user_code, user.name);
      expect((await home.send('POST', `${at}/connect`, {})).body).toEqual({ state: 'pending' });
      await eventually(async () => expect((await home.rooms.trackerSync.get(tracker.id)).state).toBe('waiting'));
      expect((await home.send('PATCH', at, { import: true, lists: 'yes' })).status).toBe(400);
      expect((await home.send('PATCH', at, { import: true })).body).toMatchObject({ import: true, consent: 'pending' });
      expect((await home.get('/api/v1/trackers')).body).toMatchObject([{ name: 'mine', account: null }]);
      expect((await home.send('POST', '/api/v1/trackers', { name: 'mine', client_id: 'x' })).status).toBe(409);
      expect((await home.send('POST', '/api/v1/trackers', { name: 'other' })).status).toBe(400);
      const answers = JSON.stringify([added.body, (await home.get('/api/v1/trackers')).body, home.logLines]);
      expect(answers).not.toMatch(/not much of a secret|simkl_[ar]t_|device_[0-9a-f]/);
      expect((await home.send('DELETE', at)).body).toEqual({ revoked: true });
      expect((await home.get(at)).status).toBe(404);
    }));

  it('is connected by the page of consent, and its grant is ended there when it is disconnected', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const wish = { name: 'mine', client_id: 'usherr-test-app', redirect_uri: 'https://home.example/back', export: true };
      const { tracker, invitation } = (await home.send('POST', '/api/v1/trackers', wish)).body as {
        tracker: { id: number };
        invitation: { address: string };
      };
      const at = `/api/v1/trackers/${tracker.id}`;
      const back = fake.grants.consent(invitation.address, user.name);
      expect((await home.send('POST', `${at}/connect`, { ...back, state: 'another' })).status).toBe(400);
      expect((await home.send('POST', `${at}/connect`, back)).body).toEqual({ state: 'connected' });
      expect((await home.get(at)).body).toMatchObject({
        state: 'connected',
        account: { name: 'anna', plan: 'free' },
        calls: { per_day: 500 },
      });
      await settled(home);
      expect((await home.send('DELETE', at)).body).toEqual({ revoked: true });
      expect(fake.grants.grants()).toEqual([]);
    }));

  it('is connected, switched, looked at and disconnected on the command line', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const usherr = async (...words: string[]) => {
        let out = '';
        const write = (text: string): boolean => {
          out += text;
          return true;
        };
        const code = await runCli(['--json', 'tracker', ...words], {
          version: '0',
          out: { write },
          err: { write: () => true } as unknown as NodeJS.WriteStream,
          url: home.address,
          apiKey: () => API_KEY,
          askSecret: async () => '',
          resetPassword: async () => undefined,
        });
        return { code, told: JSON.parse(out) as unknown };
      };
      const { told } = await usherr('add', 'mine', '--client-id', 'usherr-test-app', '--import', '--no-wait');
      expect(told).toMatchObject({ tracker: { name: 'mine', import: true, export: false }, invitation: { how: 'code' } });
      const { tracker, invitation } = told as { tracker: { id: number }; invitation: { user_code: string } };
      fake.grants.enterCode(invitation.user_code, user.name);
      await home.send('POST', `/api/v1/trackers/${tracker.id}/connect`, {});
      expect(await usherr('set', 'mine', '--ratings', '--no-import')).toMatchObject({ code: 0, told: { ratings: true, import: false } });
      expect(await usherr('run', 'mine', '--full')).toMatchObject({
        told: { status: 'completed', result: { skipped: 'nothing is switched on' } },
      });
      expect(await usherr('open', 'mine')).toEqual({ code: 0, told: [] });
      expect(await usherr('list')).toMatchObject({ told: [{ name: 'mine', account: { name: 'anna' } }] });
      expect((await usherr('run', 'nobody')).code).not.toBe(0);
      expect(await usherr('remove', 'mine')).toEqual({ code: 0, told: { revoked: true } });
    }));
});
