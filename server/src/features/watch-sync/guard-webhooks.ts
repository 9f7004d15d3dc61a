import type { AccountId, ServerId } from '#kernel/ids.ts';
import { type Clock, hours, type Instant } from '#kernel/instant.ts';
import { guardUnwatches } from './guard-unwatch.ts';

export type Unwatch = Readonly<{ libraryId: string; at: Instant }>;

export type WebhookGuard = ReturnType<typeof createWebhookGuard>;

type Asked = Readonly<{ account: Readonly<{ id: AccountId; server: Readonly<{ id: ServerId }> }>; libraryId: string }>;

/**
 * A library that is rescanned sends one event for each title: what an account un-watches by events within an hour is held to the limits of
 * a run. Beyond them un-watches wait for the import, whose guard asks a person.
 */
export function createWebhookGuard({ clock }: Readonly<{ clock: Clock }>) {
  const recent = new Map<AccountId, readonly Unwatch[]>();

  return {
    /** Undefined where one more would be too many, else what is counted for it. `sizeOf` tells how many titles the library has. */
    async let(
      { account, libraryId }: Asked,
      sizeOf: (server: ServerId, libraryId: string) => Promise<number>,
    ): Promise<Unwatch | undefined> {
      // Where the server does not say which library the title is in, only the number counts.
      const size = libraryId === '' ? Number.POSITIVE_INFINITY : await sizeOf(account.server.id, libraryId);
      const now = clock.now();
      const since = (recent.get(account.id) ?? []).filter(({ at }) => at > now - hours(1));
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
