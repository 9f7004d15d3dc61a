import type { PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, days } from '#kernel/instant.ts';
import type { Handle, StoredApp } from './apps.store.ts';
import type { AppScope, Flow, Generation, IssuedTokens } from './client-app.ts';
import { createGrantStore, type HeldGrant } from './grants.store.ts';
import { newV1Token, newV2Token, type Sealing } from './sealing.ts';

/** Five years: apps of the first generation take their token for eternal, and cannot renew it. */
const V1_LIFE: Duration = days(1_825);
const V2_LIFE: Duration = days(7);
/** From each use on. */
const REFRESH_LIFE: Duration = days(180);

export type GrantWish = Readonly<{
  app: StoredApp;
  personId: PersonId;
  generation: Generation;
  scopes: readonly AppScope[];
  flow: Flow;
  approvedBy: string;
}>;

/** Makes tokens. Each time is a grant of its own, so that one device can be sent away without the others. */
export function createIssuing({ clock, sealing }: Readonly<{ clock: Clock; sealing: Sealing }>) {
  return {
    async issue(handle: Handle, { app, ...wish }: GrantWish): Promise<IssuedTokens> {
      const at = clock.now();
      const isNew = wish.generation === 2;
      const accessToken = isNew ? newV2Token('at') : newV1Token();
      const refreshToken = isNew ? newV2Token('rt') : undefined;
      const life = isNew ? V2_LIFE : V1_LIFE;
      await createGrantStore(handle).add({
        ...wish,
        appId: app.id,
        tokenHash: sealing.token(accessToken),
        tokenUntil: at + life,
        ...(refreshToken !== undefined && { refreshHash: sealing.token(refreshToken), refreshUntil: at + REFRESH_LIFE }),
        at,
      });
      return { accessToken, expiresIn: life / 1_000, scopes: wish.scopes, ...(refreshToken !== undefined && { refreshToken }) };
    },
    /** A new token for the same grant; undefined where it was revoked just now. */
    async renew(handle: Handle, grant: HeldGrant, refreshToken: string): Promise<IssuedTokens | undefined> {
      const at = clock.now();
      const accessToken = newV2Token('at');
      const next = { tokenHash: sealing.token(accessToken), tokenUntil: at + V2_LIFE, refreshUntil: at + REFRESH_LIFE };
      if (!(await createGrantStore(handle).renew(grant.id, next))) return undefined;
      return { accessToken, refreshToken, expiresIn: V2_LIFE / 1_000, scopes: grant.scopes };
    },
  };
}

export type Issuing = ReturnType<typeof createIssuing>;
