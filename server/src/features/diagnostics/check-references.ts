import type { Account } from '#core/connections/index.ts';
import type { ViewingSource } from '#core/upstreams/index.ts';
import { isUpstreamFault, messageOf } from '#kernel/app-error.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes, seconds } from '#kernel/instant.ts';

const KEPT: Duration = minutes(10);
const MOST_KEPT = 1_000;
/** How long one server may take. */
const PATIENCE: Duration = seconds(20);

export type Reference = Readonly<{ account: Account; upstreamId: string }>;

export type CheckedReference = Readonly<{
  account: string;
  upstreamId: string;
  state: 'there' | 'gone' | 'unknown';
  /** Why it is not known. */
  reason?: string;
}>;

export type ReferenceCheckDeps = Readonly<{
  connections: Readonly<{ connect(account: Account): Promise<Pick<ViewingSource, 'readItem'>> }>;
  clock: Clock;
}>;

export type ReferenceCheck = Readonly<{
  /** `cached` says that nobody was asked. Never throws for a server's fault. */
  check(
    title: Readonly<{ person: PersonId; media: MediaId; references: readonly Reference[] }>,
  ): Promise<Readonly<{ cached: boolean; results: readonly CheckedReference[] }>>;
  /** Everything is asked anew. */
  forget(): void;
}>;

/** Whether what the accounts of a person know of a title is still there. */
export function createReferenceCheck({ connections, clock }: ReferenceCheckDeps): ReferenceCheck {
  const kept = new Map<string, Readonly<{ at: Instant; results: readonly CheckedReference[] }>>();

  function keep(key: string, results: readonly CheckedReference[]): void {
    kept.delete(key);
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, { at: clock.now(), results });
  }

  async function ask({ account, upstreamId }: Reference): Promise<CheckedReference> {
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const item = await (await connections.connect(account)).readItem(upstreamId, { signal });
      return { account: account.name, upstreamId, state: item === undefined ? 'gone' : 'there' };
    } catch (error) {
      if (signal.aborted)
        return { account: account.name, upstreamId, state: 'unknown', reason: `it has not answered within ${PATIENCE / 1_000} s` };
      if (!isUpstreamFault(error)) throw error;
      return { account: account.name, upstreamId, state: 'unknown', reason: messageOf(error) };
    }
  }

  return {
    forget: () => kept.clear(),
    async check({ person, media, references }) {
      // The ids are part of the key, so that an account or a copy that has changed since is asked anew.
      const key = JSON.stringify([person, media, references.map(({ account, upstreamId }) => [account.id, upstreamId])]);
      const known = kept.get(key);
      if (known && clock.now() - known.at < KEPT) return { cached: true, results: known.results };
      const results = await Promise.all(references.map(ask));
      if (results.every((one) => one.state !== 'unknown')) keep(key, results);
      return { cached: false, results };
    },
  };
}
