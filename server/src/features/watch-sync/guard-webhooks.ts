import type { AccountId, ServerId } from '#kernel/ids.ts';
import { type Clock, hours, type Instant } from '#kernel/instant.ts';
import { guardUnwatches } from './guard-unwatch.ts';

export type Unwatch = Readonly<{ libraryId: string; at: Instant }>;

export type WebhookGuard = ReturnType<typeof createWebhookGuard>;

type Asked = Readonly<{ account: Readonly<{ id: AccountId; server: Readonly<{ id: ServerId }> }>; libraryId: string }>;

/** What is looked up for a question. */
export type GuardFacts = Readonly<{
  /** How many titles the library has. */
  sizeOf(server: ServerId, libraryId: string): Promise<number>;
  /** What was un-watched since then, in an earlier life of this process too. */
  before(since: Instant): Promise<readonly Unwatch[]>;
}>;

/**
 * A library that is rescanned sends one event for each title: what an account un-watches by events within an hour is held to the limits of
 * a run. Beyond them un-watches wait for the import, whose guard asks a person.
 */
export function createWebhookGuard({ clock }: Readonly<{ clock: Clock }>) {
  const recent = new Map<AccountId, readonly Unwatch[]>();

  return {
    /** Undefined where one more would be too many, else what is counted for it. */
    async let({ account, libraryId }: Asked, { sizeOf, before }: GuardFacts): Promise<Unwatch | undefined> {
      // Where the server does not say which library the title is in, only the number counts.
      const size = libraryId === '' ? Number.POSITIVE_INFINITY : await sizeOf(account.server.id, libraryId);
      const now = clock.now();
      const known = recent.get(account.id) ?? (await before(now - hours(1)));
      const since = known.filter(({ at }) => at > now - hours(1));
      const one: Unwatch = { libraryId, at: now };
      const counted = [...since, one];
      const libraries = [...Map.groupBy(counted, (unwatch) => unwatch.libraryId)].map(([id, unwatches]) => ({
        libraryId: id,
        unwatches: unwatches.length,
        // The others were let through when their own were counted.
        size: id === libraryId ? size : Number.POSITIVE_INFINITY,
      }));
      const { pass } = guardUnwatches(libraries);
      recent.set(account.id, pass ? counted : since);
      return pass ? one : undefined;
    },

    /** It came to nothing. */
    forget({ id }: Asked['account'], unwatch: Unwatch): void {
      recent.set(
        id,
        (recent.get(id) ?? []).filter((one) => one !== unwatch),
      );
    },
  };
}
