import type { AccountId, PersonId } from '#kernel/ids.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

export type UnshownTitles = ReturnType<typeof createUnshownTitles>;

/** Titles that are in a history only because an account shows them. */
export function createUnshownTitles(handle: Handle) {
  const db = handle.tables<ViewingTables>();

  return {
    /**
     * For an account that goes, before its words are forgotten: takes out the titles that no other account of the person shows and of
     * which nothing was ever watched (no play, no position, no mark, none taken away). Nothing is lost: the next account that shows
     * such a title brings it back as it was. Reads the tables of core/media and core/connections, as one statement. Answers how many.
     */
    async dropWith(person: PersonId, account: AccountId): Promise<number> {
      const { numAffectedRows } = await sql`
        delete from viewing
        where person_id = ${person} and watched = 0 and position_ms = 0 and unwatched_at is null
        and media_id in (
          select cm.media_id from observation o join copy_media cm on cm.copy_id = o.copy_id where o.account_id = ${account})
        and not exists (select 1 from play p where p.person_id = ${person} and p.media_id = viewing.media_id)
        and not exists (
          select 1 from copy_media cm
          join observation o on o.copy_id = cm.copy_id and o.account_id <> ${account}
          join account a on a.id = o.account_id and a.person_id = ${person}
          where cm.media_id = viewing.media_id)`.execute(db);
      return Number(numAffectedRows ?? 0);
    },
  };
}
