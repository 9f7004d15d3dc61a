import { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createMergedTitles, createViewingStore } from '#core/viewing/index.ts';
import { type MediaId, personId } from '#kernel/ids.ts';
import type { Handle } from '#platform/db/index.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createTitleCards } from '../../src/features/titles/title-cards.store.ts';
import { createLibraryStore } from '../../src/features/tracker/library.store.ts';
import { createHereStore } from '../../src/features/tracker-sync/here.store.ts';
import { openSqliteFile } from '../../src/platform/db/sqlite-dialect.ts';

/** What is asked of a few titles must not walk all titles, or all that somebody has watched: SQLite has no statistics and chooses by what is written. */
const WALKS = [
  /^SCAN (media|viewing|play|copy|copy_media|external_id|observation|coordinate|tracker_entry|list_entry|[clmov])\b/,
  /viewing_watched \(person_id=\? AND watched=\?\)$/,
  /media_kind \(kind=\?\)$/,
];

const clock = { now: () => Date.UTC(2026, 0, 1) };
const kim = personId(1);
let opened: TestDatabase;
let handle: Handle;
let media: readonly MediaId[];
const asked = new Set<string>();

beforeAll(async () => {
  opened = await openTestDatabase('sqlite');
  media = await opened.database.transaction(async (tx) => {
    const known = await createMediaGraph(tx, { clock }).know([
      { kind: 'movie', title: 'Heat', ids: { imdb: 'tt0113277' } },
      { kind: 'movie', title: 'Alien', ids: { imdb: 'tt0078748' } },
    ]);
    const ids = known.flatMap((one) => one?.mediaId ?? []);
    const watched = ids.map((mediaId) => ({ mediaId, watched: true, positionMs: 0, changedAt: 1, createdAt: 1, updatedAt: 1 }));
    await createViewingStore(tx).saveViewings(kim, watched);
    return ids;
  });
  const { dialect } = openSqliteFile(opened.file);
  const listened = new Kysely<never>({ dialect, log: ({ query }) => void asked.add(query.sql) });
  handle = { kind: 'sqlite', tables: <Tables>() => listened as unknown as Kysely<Tables> };
});
afterAll(async () => {
  await handle.tables().destroy();
  await opened.close();
});

const WORK: Readonly<Record<string, () => Promise<unknown>>> = {
  'cards of titles': async () => {
    await createTitleCards(handle).touch(media);
    await createTitleCards(handle).renew(10);
  },
  'libraries that apps follow': async () => {
    expect((await createLibraryStore(handle).watchedOf(kim, media)).size).toBe(2);
    expect(await createLibraryStore(handle).personsWith(media)).toEqual([kim]);
  },
  'what a tracker is told': async () => expect([...(await createHereStore(handle, { clock }).titles(kim, media)).keys()]).toEqual(media),
  'histories of titles that are one': async () => {
    const [from, into] = media;
    if (from !== undefined && into !== undefined) await createMergedTitles(handle).merged([{ from, into }], clock.now());
  },
};

it.each(Object.entries(WORK))('%s: each statement looks up what it needs', async (_name, work) => {
  asked.clear();
  await work();
  expect(asked.size).toBeGreaterThan(0);
  const { connection } = openSqliteFile(opened.file);
  const walks = [...asked].flatMap((text) =>
    connection
      .prepare(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => String(detail))
      .filter((detail) => WALKS.some((walk) => walk.test(detail)))
      .map((detail) => `${detail}: ${text}`),
  );
  connection.close();
  expect(walks).toEqual([]);
});
