import { type Handle, sql } from '#platform/db/index.ts';

/**
 * What is kept beside a history and its titles so that pages need not be counted and sorted: where it is not what counting and reading
 * everything gives, it is told here. Nothing, where all is well.
 */
export async function orderFaults(handle: Handle): Promise<readonly string[]> {
  const db = handle.tables<object>();
  const told = handle.kind === 'sqlite' ? sql`json_extract(c.detail, '$.show.title')` : sql`(c.detail::json #>> '{show,title}')`;
  const counts = await sql<{ key: string; titles: number }>`
    select person_id || ' ' || kind || ' ' || watched || ' ' || via as key, sum(titles) as titles from (
      select person_id, kind, watched, via, titles from history_count
      union all
      select v.person_id, coalesce(m.kind, ''), v.watched, coalesce(v.via_account_id, 0), -1
      from viewing v left join media m on m.id = v.media_id
    ) as both_ways group by person_id, kind, watched, via having sum(titles) <> 0`.execute(db);
  const listed = await sql<{ id: number; work_title: string | null; title: string | null; work_year: number | null; year: number | null }>`
    select * from (
      select m.id, m.work_title, m.work_year, coalesce(m.year, s.year) as year, case when m.kind <> 'episode' then m.title else coalesce(s.title,
        (select ${told} from copy_media l join copy c on c.id = l.copy_id where l.media_id = m.id order by c.id limit 1), '') end as title
      from media m left join media s on s.id = m.show_id) as every
    where coalesce(work_title, '?') <> title or coalesce(work_year, -1) <> coalesce(year, -1)`.execute(db);
  return [
    ...counts.rows.map(({ key, titles }) => `the counter of "${key}" is ${titles} too high`),
    ...listed.rows.map((row) => `title ${row.id} is listed as ${row.work_title} (${row.work_year}) and not as ${row.title} (${row.year})`),
    ...(handle.kind === 'sqlite' ? await textFaults(handle) : []),
  ];
}

/** Every text that has a trigram is found by its first one, and nothing else is kept. */
async function textFaults(handle: Handle): Promise<readonly string[]> {
  const db = handle.tables<object>();
  const faults: string[] = [];
  for (const name of ['work_text', 'episode_text'] as const) {
    const wanted =
      name === 'episode_text'
        ? sql`select id, title from media where kind = 'episode'`
        : sql`select id, title from media where kind <> 'episode'
            union all select id, work_title from media where kind = 'episode' and show_id is null and work_title <> ''`;
    const texts = new Map((await sql<{ id: number; title: string }>`${wanted}`.execute(db)).rows.map((row) => [row.id, row.title]));
    const kept = new Set((await sql<{ id: number }>`select rowid as id from ${sql.table(name)}`.execute(db)).rows.map((row) => row.id));
    faults.push(...[...kept].filter((id) => !texts.has(id)).map((id) => `${name} has a text of title ${id}`));
    for (const [trigram, ids] of Map.groupBy(texts.keys(), (id) => [...(texts.get(id) ?? '')].slice(0, 3).join(''))) {
      const asked = `"${trigram.replaceAll('"', '""')}"`;
      const { rows } = await sql<{ id: number }>`
        select rowid as id from ${sql.table(name)} where ${sql.ref(name)} match ${asked}`.execute(db);
      const found = trigram.length < 3 ? kept : new Set(rows.map((row) => row.id));
      faults.push(...ids.filter((id) => !found.has(id)).map((id) => `${name} does not find title ${id} by ${asked}`));
    }
  }
  return faults;
}
