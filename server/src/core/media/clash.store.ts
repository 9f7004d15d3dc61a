import { idList, jsonRows, sql } from '#platform/db/index.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';
import type { NumberKey } from './media.store.ts';

/** A copy that was placed by its number alone, at a number that more than one episode has. */
export type Doubtful = Readonly<{ copyId: number; place: number; title: string; candidates: readonly number[] }>;

type Row = {
  show_id: number;
  season: number;
  number: number;
  media_id: number;
  copy_id: number;
  server_id: number | null;
  how: string | null;
  place: number | null;
  title: string | null;
};

/**
 * Which copies would not be placed, had they come last. Without this the server that came first would decide what a
 * number means.
 */
export async function findDoubtful(handle: Handle, numbers: readonly NumberKey[]): Promise<readonly Doubtful[]> {
  if (numbers.length === 0) return [];
  const db = tablesOf(handle);
  const given = jsonRows(handle.kind, { show_id: 'integer', season: 'integer', number: 'integer' }, numbers);
  const at = await sql<Row>`
    select distinct c.show_id, c.season, c.number, c.media_id, c.copy_id, c.server_id, l.how, l.place, p.title from ${given}
    join coordinate c on c.show_id = given.show_id and c.season = given.season and c.number = given.number
    left join copy_media l on l.copy_id = c.copy_id and l.media_id = c.media_id left join copy p on p.id = c.copy_id`.execute(db);
  const media = idList(handle.kind, [...new Set(at.rows.map((row) => row.media_id))]);
  const all = await sql<Row>`select * from coordinate where media_id in ${media}`.execute(db);
  const claimsOf = Map.groupBy(all.rows, (row) => row.media_id);

  const elsewhere = (mediaId: number, at: Row): boolean => {
    const here = (claimsOf.get(mediaId) ?? []).filter((claim) => claim.server_id === at.server_id && claim.copy_id !== at.copy_id);
    return here.some((claim) => !sameNumber(claim, at)) && !here.some((claim) => sameNumber(claim, at));
  };
  const found = new Map<number, Doubtful>();
  for (const row of at.rows) {
    if (row.how !== 'number' || found.has(row.copy_id)) continue;
    const rivals = at.rows.filter((other) => sameNumber(other, row) && other.media_id !== row.media_id && !elsewhere(other.media_id, row));
    if (rivals.length === 0 && !elsewhere(row.media_id, row)) continue;
    const candidates = [...new Set([row.media_id, ...rivals.map((rival) => rival.media_id)])];
    found.set(row.copy_id, { copyId: row.copy_id, place: row.place ?? 0, title: row.title ?? '', candidates });
  }
  return [...found.values()];
}

const sameNumber = (one: Row, other: Row): boolean =>
  one.show_id === other.show_id && one.season === other.season && one.number === other.number;
