import { createHash, randomBytes } from 'node:crypto';
import type { Reach } from '#core/connections/index.ts';
import { invalid } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { PlayConfig } from './play-config.ts';

/** What one token allows: one file, in one way, for a while. */
export type PlayGrant = Readonly<{
  /** Hex; names what is kept of it. Nobody can make a token of it. */
  id: string;
  path: string;
  reach: Reach;
  config: PlayConfig;
  /** Whoever asked for it and for whom: it goes with any of them. */
  people: readonly PersonId[];
  signedAt: Instant;
  expiresAt: Instant;
}>;

export type PlayGrants = Readonly<{
  issue(wish: Pick<PlayGrant, 'path' | 'reach' | 'config' | 'people'>, ttl: Duration): Readonly<{ token: string; grant: PlayGrant }>;
  /** Throws `invalid` for a token that is none, or has ended. */
  of(token: string): PlayGrant;
  /** Takes those that have ended away, and answers them. */
  endDue(): readonly PlayGrant[];
  /** The same for those of somebody who has gone. */
  endOf(person: PersonId): readonly PlayGrant[];
}>;

const MOST = 10_000;
const TOKEN = /^play-[0-9a-f]{32}$/;

const idOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 40);

/** Tokens live in memory, by their hash: a new start ends them all. */
export function createPlayGrants(clock: Clock): PlayGrants {
  const grants = new Map<string, PlayGrant>();

  function end(isOver: (grant: PlayGrant) => boolean): readonly PlayGrant[] {
    const over = [...grants.values()].filter(isOver);
    for (const grant of over) grants.delete(grant.id);
    return over;
  }

  return {
    issue(wish, ttl) {
      const token = `play-${randomBytes(16).toString('hex')}`;
      const signedAt = clock.now();
      const grant: PlayGrant = { ...wish, id: idOf(token), signedAt, expiresAt: signedAt + ttl };
      grants.set(grant.id, grant);
      const [oldest] = grants.keys();
      if (grants.size > MOST && oldest !== undefined) grants.delete(oldest);
      return { token, grant };
    },

    of(token) {
      const grant = TOKEN.test(token) ? grants.get(idOf(token)) : undefined;
      if (!grant || grant.expiresAt <= clock.now()) throw invalid('token', 'is not valid, or has ended: sign the file again');
      return grant;
    },

    endDue() {
      const now = clock.now();
      return end((grant) => grant.expiresAt <= now);
    },
    endOf: (person) => end((grant) => grant.people.includes(person)),
  };
}
