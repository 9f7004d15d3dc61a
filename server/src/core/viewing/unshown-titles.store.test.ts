import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createUnshownTitles } from './unshown-titles.store.ts';
import { createViewingStore, type StoredViewing } from './viewing.store.ts';

const ANNA = personId(1);
const T0 = Date.UTC(2026, 0, 10);
const [PLEX, EMBY, OTHERS] = [accountId(1), accountId(2), accountId(3)];

const viewing = (id: number, part: Partial<StoredViewing> = {}): StoredViewing => ({
  mediaId: mediaId(id),
  watched: false,
  changedAt: T0,
  positionMs: 0,
  createdAt: T0,
  updatedAt: T0,
  ...part,
});

describe.each(DATABASES)('titles that only one account shows (%s)', (kind) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await openTestDatabase(kind);
    const run = (text: string) => sql.raw(text).execute(test.database.tables<object>());
    const people = test.database.tables<{ person: { id: number; name: string; display_name: string; created_at: number } }>();
    await people
      .insertInto('person')
      .values([2].map((id) => ({ id, name: `person${id}`, display_name: `Person ${id}`, created_at: T0 })))
      .execute();
    await run(
      `insert into server (id, type, uuid, url, name, version, created_at, updated_at) values (1, 'plex', 'p', 'u', 'n', '1', 0, 0)`,
    );
    for (const [id, person] of [
      [PLEX, 1],
      [EMBY, 1],
      [OTHERS, 2],
    ]) {
      await run(`insert into account (id, server_id, person_id, name, upstream_user_id, token, options, import_enabled, export_enabled,
        metadata_only, never_unwatch, consent, webhook_token, webhook_token_hash, health_state, created_at, updated_at)
        values (${id}, 1, ${person}, 'a${id}', 'u', 't', '{}', 1, 0, 0, 0, 'given', 'w', 'h${id}', 'ok', 0, 0)`);
    }
  });
  afterEach(() => test.close());

  /** The account's server has a copy of the title, which the account has spoken of. */
  async function shows(handle: Handle, account: number, media: number): Promise<void> {
    const copy = account * 100 + media;
    const db = handle.tables<object>();
    await sql`insert into copy_media (copy_id, media_id, place, how) values (${copy}, ${media}, 0, 'ids')`.execute(db);
    await sql`insert into observation (account_id, copy_id, played, position_ms, observed_at, heard)
      values (${account}, ${copy}, 0, 0, ${T0}, 1)`.execute(db);
  }

  it('leave with it where nothing was ever watched of them, and stay where anything was', async () => {
    const { database } = test;
    const store = createViewingStore(database);
    const stories: readonly (readonly [number, readonly number[], Partial<StoredViewing>])[] = [
      [1, [PLEX], {}],
      [2, [PLEX], { watched: true }],
      [3, [PLEX], { positionMs: 60_000 }],
      [4, [PLEX], { unwatchedAt: T0 }],
      [5, [PLEX, EMBY], {}],
      [6, [PLEX, OTHERS], {}],
      [7, [EMBY], {}],
      [8, [], {}],
      [9, [PLEX], {}],
    ];
    await store.saveViewings(
      ANNA,
      stories.map(([id, , part]) => viewing(id, part)),
    );
    await store.saveViewings(personId(2), [viewing(6)]);
    await store.addPlays(ANNA, [{ mediaId: mediaId(9), at: T0, evidence: { how: 'manual', receivedAt: T0 } }], T0);
    for (const [media, accounts] of stories) for (const account of accounts) await shows(database, account, media);

    const gone = await database.transaction((handle) => createUnshownTitles(handle).dropWith(ANNA, PLEX));
    expect(gone).toBe(2);
    const all = stories.map(([id]) => mediaId(id));
    const left: readonly MediaId[] = [...(await store.viewings(ANNA, all)).keys()];
    expect([...left].sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 7, 8, 9]);
    expect((await store.viewings(personId(2), all)).has(mediaId(6))).toBe(true);
  });
});
