import { type DeskId, deskId, type PersonId, personId } from '#kernel/ids.ts';
import { type Handle, insertRows, type Selectable } from '#platform/db/index.ts';
import type { Requester } from './request.ts';
import type { RequestTables } from './requests.schema.store.ts';

/** How it is known which person a desk's user is; `word` is a person's own. */
export type PersonBy = 'word' | 'jellyfin' | 'plex' | 'email';

export type DeskUserRecord = Readonly<{ deskId: DeskId; user: Requester; by: PersonBy | undefined }>;

type Row = Selectable<RequestTables['desk_user']>;

const COLUMNS = {
  desk_id: 'integer',
  user_id: 'integer',
  display_name: 'text',
  email: 'text',
  plex_id: 'text',
  plex_username: 'text',
  jellyfin_user_id: 'text',
  jellyfin_username: 'text',
} as const;

/** What a row says of a user, whichever rows it is joined to. */
export type UserColumns = Omit<Row, 'desk_id' | 'person_by'>;

export const requesterOf = (row: UserColumns): Requester => ({
  id: row.user_id,
  displayName: row.display_name,
  ...(row.email !== null && { email: row.email }),
  ...(row.plex_id !== null && { plexId: row.plex_id }),
  ...(row.plex_username !== null && { plexUsername: row.plex_username }),
  ...(row.jellyfin_user_id !== null && { jellyfinUserId: row.jellyfin_user_id }),
  ...(row.jellyfin_username !== null && { jellyfinUsername: row.jellyfin_username }),
  ...(row.person_id !== null && { personId: personId(row.person_id) }),
});

const recordOf = (row: Row): DeskUserRecord => ({
  deskId: deskId(row.desk_id),
  by: (row.person_by as PersonBy | null) ?? undefined,
  user: requesterOf(row),
});

export function createDeskUsersStore(handle: Handle) {
  const db = handle.tables<RequestTables>();
  return {
    async list(desk?: DeskId): Promise<readonly DeskUserRecord[]> {
      let query = db.selectFrom('desk_user').selectAll().orderBy('desk_id').orderBy('user_id');
      if (desk !== undefined) query = query.where('desk_id', '=', desk);
      return (await query.execute()).map(recordOf);
    },

    async find(desk: DeskId, user: number): Promise<DeskUserRecord | undefined> {
      const row = await db.selectFrom('desk_user').selectAll().where('desk_id', '=', desk).where('user_id', '=', user).executeTakeFirst();
      return row && recordOf(row);
    },

    /** What the desk tells of them; whose they are stays. */
    async write(desk: DeskId, users: readonly Omit<Requester, 'personId'>[]): Promise<void> {
      const told = Object.keys(COLUMNS).slice(2);
      await insertRows(
        handle,
        'desk_user',
        COLUMNS,
        users.map((user) => [
          desk,
          user.id,
          user.displayName,
          user.email ?? null,
          user.plexId ?? null,
          user.plexUsername ?? null,
          user.jellyfinUserId ?? null,
          user.jellyfinUsername ?? null,
        ]),
        { update: `(desk_id, user_id) do update set ${told.map((name) => `${name} = excluded.${name}`).join(', ')}` },
      );
    },

    async setPerson(desk: DeskId, user: number, person: PersonId | undefined, by: PersonBy | undefined): Promise<void> {
      await db
        .updateTable('desk_user')
        .set({ person_id: person ?? null, person_by: by ?? null })
        .where('desk_id', '=', desk)
        .where('user_id', '=', user)
        .execute();
    },
  };
}
