import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { hours, minutes } from '#kernel/instant.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import type { Access } from './access.ts';
import { BARE, codeOf, PASSWORD, UNATTENDED, useAccess } from './access-bench.contract.ts';

describe.each(DATABASES)('access on %s', (kind) => {
  const bench = useAccess(kind);
  const { actorOf, anywhere, house, later, newPerson, now, signedIn, signIn } = bench;
  let access: Access;
  beforeEach(() => {
    ({ access } = bench);
  });

  describe('setting up', () => {
    it('makes the owner of main for whoever has the printed code, once', async () => {
      const { setupCode } = await access.start(BARE);
      expect(setupCode).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      expect(await access.hasOwner()).toBe(false);
      const attempt = { username: 'Mo', password: PASSWORD, address: '192.0.2.1' };
      expect(await codeOf(access.signup({ ...attempt, setupCode: undefined }))).toBe('forbidden');
      expect(await codeOf(access.signup({ ...attempt, setupCode: 'AAAA-AAAA-AAAA' }))).toBe('forbidden');
      const typed = setupCode?.toLowerCase().replaceAll('-', ' ');
      expect(await codeOf(access.signup({ ...attempt, password: 'short', setupCode: typed }))).toBe('invalid password');
      expect(await access.signup({ ...attempt, setupCode: typed })).toMatchObject({ username: 'Mo', role: 'owner', personId: MAIN_PERSON });
      expect(await access.hasOwner()).toBe(true);
      expect(await codeOf(access.signup({ ...attempt, username: 'eve', setupCode }))).toBe('forbidden');
      expect(await house().start(BARE)).toEqual({ setupCode: undefined, ownerKey: undefined });
    });

    it('lets only one of many win who have the code at the same time', async () => {
      const { setupCode } = await access.start(BARE);
      const tries = ['a', 'b', 'c'].map((username) => access.signup({ username, password: PASSWORD, address: anywhere(), setupCode }));
      const codes = await Promise.all(tries.map(codeOf));
      expect(codes.sort()).toEqual(['fine', 'forbidden', 'forbidden']);
    });

    it('stops who guesses the code, without stopping the owner elsewhere', async () => {
      const { setupCode } = await access.start(BARE);
      const guess = (code: string | undefined, address: string) =>
        codeOf(access.signup({ username: 'mo', password: PASSWORD, address, setupCode: code }));
      for (let tried = 0; tried < 5; tried += 1) expect(await guess(`AAAA-AAAA-AAA${tried}`, '192.0.2.1')).toBe('forbidden');
      expect(await guess(setupCode, '192.0.2.1')).toBe('rate-limited');
      expect(await guess(setupCode, '192.0.2.2')).toBe('fine');
    });

    it('knows no code before the start has made one', async () => {
      expect(await codeOf(access.signup({ username: 'mo', password: PASSWORD, address: anywhere(), setupCode: '' }))).toBe('forbidden');
    });

    it('makes the unattended owner, and leaves one who is there alone', async () => {
      expect((await access.start(UNATTENDED)).setupCode).toBeUndefined();
      const other = { username: 'eve', password: 'another password' };
      await house().start({ ...UNATTENDED, admin: other });
      expect((await signedIn('mo')).role).toBe('owner');
      expect(await codeOf(signIn('eve', other.password))).toBe('unauthenticated');
    });

    it('names the variable that cannot be used', async () => {
      const admin = { username: 'mo', password: 'short' };
      expect(await codeOf(access.start({ apiKey: undefined, admin }))).toBe('misconfigured USHERR_ADMIN_PASSWORD');
      expect(await access.hasOwner()).toBe(false);
    });
  });

  describe('signing in', () => {
    beforeEach(() => access.start(UNATTENDED));

    it('gives a token of 48 hours, whatever the letters of the name', async () => {
      const { token, expiresAt } = await signIn('  MO ', PASSWORD);
      expect(expiresAt).toBe(now() + hours(48));
      expect(await access.authenticate({ credential: token, surface: 'watchstate' })).toMatchObject({
        actor: { kind: 'login', name: 'Mo', role: 'owner', personId: 1 },
        issuedAt: now(),
      });
      later(hours(48) - 1_000);
      expect(await actorOf(token)).toBeDefined();
      later(1_000);
      expect(await actorOf(token)).toBeUndefined();
    });

    it.each([
      ['mo', 'a wrong password'],
      ['mo', ''],
      ['nobody', PASSWORD],
      ['', ''],
      ['mo\u0000', PASSWORD],
      ['mo', 'x'.repeat(5_000)],
    ])('refuses %j with %j', async (username, password) => {
      expect(await codeOf(signIn(username, password))).toBe('unauthenticated');
    });

    it('refuses the right password after five wrong ones for the account, from wherever they came', async () => {
      for (let tried = 0; tried < 5; tried += 1)
        expect(await codeOf(signIn(tried % 2 ? 'MO' : 'mo', 'wrong guess'))).toBe('unauthenticated');
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('rate-limited');
      later(minutes(15));
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('fine');
    });

    it('refuses an address after five failures, whoever they were about', async () => {
      const address = '203.0.113.9';
      for (let tried = 0; tried < 5; tried += 1) await codeOf(signIn(`guess${tried}`, PASSWORD, address));
      expect(await codeOf(signIn('mo', PASSWORD, address))).toBe('rate-limited');
      expect(await codeOf(signIn('mo', PASSWORD, '203.0.113.10'))).toBe('fine');
    });

    it('gives guesses that are sent at once no more tries than others', async () => {
      const tries = Array.from({ length: 20 }, (_, index) => codeOf(signIn('mo', `guess ${index}`)));
      const codes = await Promise.all(tries);
      expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(5);
      expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(15);
    });

    it('forgives the failures before a success', async () => {
      for (let round = 0; round < 3; round += 1) {
        for (let tried = 0; tried < 4; tried += 1) expect(await codeOf(signIn('mo', 'wrong guess', '203.0.113.1'))).toBe('unauthenticated');
        expect(await codeOf(signIn('mo', PASSWORD, '203.0.113.1'))).toBe('fine');
      }
    });

    it('ends all sessions of a login with its password, and on request', async () => {
      const [one, two] = [(await signIn('mo', PASSWORD)).token, (await signIn('mo', PASSWORD)).token];
      const mo = await signedIn('mo');
      const address = anywhere();
      expect(await codeOf(access.changePassword(mo, { current: 'no', next: 'another password', address }))).toBe('unauthenticated');
      expect(await codeOf(access.changePassword(mo, { current: PASSWORD, next: 'short', address }))).toBe('invalid password');
      expect(await actorOf(one)).toBeDefined();
      await access.changePassword(mo, { current: PASSWORD, next: 'another password', address });
      expect([await actorOf(one), await actorOf(two)]).toEqual([undefined, undefined]);
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('unauthenticated');
      const { token } = await signIn('mo', 'another password');
      await access.endSessions(mo);
      expect(await actorOf(token)).toBeUndefined();
    });

    it('counts wrong current passwords as failed sign-ins', async () => {
      const mo = await signedIn('mo');
      for (let tried = 0; tried < 5; tried += 1)
        await codeOf(access.changePassword(mo, { current: 'no', next: 'another password', address: anywhere() }));
      expect(await codeOf(access.changePassword(mo, { current: PASSWORD, next: 'another password', address: anywhere() }))).toBe(
        'rate-limited',
      );
    });

    it('resets a password from the host, which ends the sessions and the wait', async () => {
      const { token } = await signIn('mo', PASSWORD);
      for (let tried = 0; tried < 5; tried += 1) await codeOf(signIn('mo', 'wrong guess'));
      expect(await codeOf(access.resetPassword('nobody', 'another password'))).toBe('not-found');
      expect(await codeOf(access.resetPassword('mo', 'short'))).toBe('invalid password');
      await access.resetPassword('MO', 'another password');
      expect(await actorOf(token)).toBeUndefined();
      expect(await codeOf(signIn('mo', 'another password'))).toBe('fine');
    });

    it('refuses a token that is changed, cut, foreign or of a login that is gone', async () => {
      const { token } = await signIn('mo', PASSWORD);
      const [payload = '', signature = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const forged = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
      for (const bad of [`${forged}.${signature}`, payload, `${payload}.`, `.${signature}`, `${token}0`, token.slice(0, -1), '']) {
        expect(await actorOf(bad)).toBeUndefined();
      }
      const elsewhere = mkdtempSync(join(tmpdir(), 'usherr-access-'));
      const foreign = createSecrets({ dataDir: elsewhere });
      expect(await actorOf(`${payload}.${foreign.hmac('user-token', payload)}`)).toBeUndefined();
      rmSync(elsewhere, { recursive: true });
      const mo = await signedIn('mo');
      const anna = await newPerson('anna', 'admin', mo);
      const hers = (await signIn('anna', PASSWORD)).token;
      await access.logins.remove((await access.logins.list(anna)).find((login) => login.username === 'anna')?.id ?? expect.fail(), mo);
      await access.logins.create({ username: 'anna', password: PASSWORD, role: 'admin', personId: MAIN_PERSON }, mo);
      expect(await actorOf(hers)).toBeUndefined();
    });
  });
});
