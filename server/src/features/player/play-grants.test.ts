import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { personId } from '#kernel/ids.ts';
import { DEFAULT_CONFIG } from './play-config.ts';
import { createPlayGrants } from './play-grants.ts';

describe('a token', () => {
  let now = 0;
  const wish = { path: '/films/A.mkv', reach: { anywhere: true }, config: DEFAULT_CONFIG, people: [personId(1)] };

  it('opens what it was made for until it ends, and can be told from no other', () => {
    now = 0;
    const grants = createPlayGrants({ now: () => now });
    const [one, other] = [grants.issue(wish, 1_000), grants.issue(wish, 2_000)];
    expect(one.token).toMatch(/^play-[0-9a-f]{32}$/);
    expect(one.token).not.toBe(other.token);
    expect(grants.of(one.token)).toMatchObject({ path: '/films/A.mkv', signedAt: 0, expiresAt: 1_000 });
    now = 1_000;
    expect(() => grants.of(one.token)).toThrow('token');
    expect(grants.of(other.token).id).toBe(other.grant.id);
    expect(grants.endDue().map((grant) => grant.id)).toEqual([one.grant.id]);
    expect(grants.endDue()).toEqual([]);
  });

  it('goes with the people that it was made by and for', () => {
    const grants = createPlayGrants({ now: () => 0 });
    const [hers, ours] = [grants.issue({ ...wish, people: [personId(1), personId(2)] }, 1_000), grants.issue(wish, 1_000)];
    expect(grants.endOf(personId(2)).map((grant) => grant.id)).toEqual([hers.grant.id]);
    expect(() => grants.of(hers.token)).toThrow('token');
    expect(grants.of(ours.token).id).toBe(ours.grant.id);
  });

  it('is not held in clear, so that nobody who sees the memory can play', () => {
    const { token, grant } = createPlayGrants({ now: () => 0 }).issue(wish, 1_000);
    expect(JSON.stringify(grant)).not.toContain(token.slice(5));
  });

  it.each(['', 'play-', `play-${'0'.repeat(32)}`, `play-${'0'.repeat(31)}`, `PLAY-${'0'.repeat(32)}`, '../etc'])('is not %j', (token) => {
    const of = () => createPlayGrants({ now: () => 0 }).of(token);
    expect(of).toThrow(expect.toSatisfy((error: unknown) => isAppError(error, 'invalid')));
  });
});
