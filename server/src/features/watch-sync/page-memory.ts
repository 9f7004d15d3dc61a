import { type Account, isListenedTo } from '#core/connections/index.ts';
import type { MatchOptions } from '#core/media/index.ts';
import type { AccountId, CopyId } from '#kernel/ids.ts';
import { standingOf } from './page-standing.store.ts';
import type { SyncStores } from './watch-sync.store.ts';

/** A page that was taken in, and what became of it. */
export type TakenPage = Readonly<{
  items: number;
  total: number;
  unidentified: number;
  copies: readonly CopyId[];
}>;

type KeptPage = TakenPage & Readonly<{ standing: string }>;

export type PageMemory = ReturnType<typeof createPageMemory>;
export type AccountPages = ReturnType<PageMemory['of']>;

/**
 * Pages that were taken in before, by account and digest. It lives as long as the process: what makes items of pages, and decides about
 * them, is then surely what it was. A page is known while everything stands as it stood right after it: the account's switches, the rules
 * about what is ignored, and all that a merge looks at of its copies.
 */
export function createPageMemory(matching: () => MatchOptions) {
  const known = new Map<AccountId, Map<string, KeptPage>>();
  return {
    /** For one run over the account. */
    of(account: Account) {
      const before = known.get(account.id) ?? new Map<string, KeptPage>();
      const seen = new Map<string, KeptPage>();
      const standing = async ({ handle, ignoreRules }: SyncStores, copies: readonly CopyId[]): Promise<string> => {
        const { options, neverUnwatch, personId } = account;
        const ground = JSON.stringify([
          isListenedTo(account),
          neverUnwatch,
          personId,
          options,
          matching(),
          await ignoreRules.forAccount(account),
        ]);
        return `${ground} ${await standingOf(handle, account.id, copies)}`;
      };
      return {
        async recall(stores: SyncStores, digest: string): Promise<TakenPage | undefined> {
          const page = before.get(digest);
          if (page === undefined || (await standing(stores, page.copies)) !== page.standing) return undefined;
          seen.set(digest, page);
          return page;
        },
        seen: (digest: string): TakenPage | undefined => seen.get(digest),
        /** Within the transaction that took the page in. */
        async keep(stores: SyncStores, digest: string, page: TakenPage): Promise<void> {
          seen.set(digest, { ...page, standing: await standing(stores, page.copies) });
        },
        /** Everything was read: pages that did not come are no more. */
        end: (): void => void known.set(account.id, seen),
      };
    },
  };
}
