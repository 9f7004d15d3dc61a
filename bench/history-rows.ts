import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type BenchTitle, EPISODES_PER_SHOW, episodeAt, movieAt, shelfOf, showAt } from './library.ts';

/** What so many titles have, in a small history and in a big one: what is asked for it is met by equally many. */
export const RARE = {
  titles: 40,
  movieWord: 'Zephyrine',
  episodeWord: 'Quixotry',
  showWord: 'Xylographer',
  year: 1911,
  season: 77,
  episode: 901,
} as const;

/** A movie or an episode, with its series where it has one. `rank` is set for the few that are rare. */
type Row = Readonly<{
  title: BenchTitle;
  show?: Readonly<{ id: number; title: BenchTitle }>;
  season: number | null;
  episode: number | null;
}>;

type Account = Readonly<{ id: number; server_id: number }>;

const MAIN_PERSON = 1;
const ROWS_IN_ONE = 5_000;
const at0 = Date.UTC(2024, 0, 1);

export type HistoryWish = Readonly<{
  /** Of so many titles; the others are episodes. */
  movies?: number;
  /** Whether the title of that number was watched. Every third unless told. */
  watched?: (n: number) => boolean;
  /** With the numbers that servers give to episodes, which libraries of apps are made by. */
  numbered?: boolean;
}>;

/**
 * Writes a whole history into a house's own database, which nobody has open: titles, copies, what the account said of them and where the
 * person stands. Two accounts are expected; the second decided a few titles alone. What is not a movie is an episode.
 */
export function layHistory(folder: string, items: number, wish: HistoryWish = {}): void {
  const { movies = shelfOf(items).movies, watched, numbered = false } = wish;
  const db = new DatabaseSync(join(folder, 'usherr.db'));
  db.exec('pragma synchronous = off; pragma cache_size = -400000; pragma foreign_keys = off');
  const [main, other] = db.prepare('select id, server_id from account order by id').all() as [Account, Account];
  const insert = (table: string, ...columns: string[]) =>
    db.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()})`);
  const media = insert(
    'media',
    'id',
    'kind',
    'title',
    'year',
    'show_id',
    'season',
    'episode',
    'created_at',
    'updated_at',
    'work_title',
    'work_year',
  );
  const works = insert('work_text', 'rowid', 'title');
  const episodeTexts = insert('episode_text', 'rowid', 'title');
  const ids = insert('external_id', 'kind', 'provider', 'value', 'media_id');
  const copy = insert(
    'copy',
    'id',
    'server_id',
    'upstream_id',
    'library_id',
    'fingerprint',
    'kind',
    'title',
    'show_upstream_id',
    'season',
    'episodes',
    'path',
    'first_seen_at',
    'files',
    'detail',
  );
  const claim = insert('coordinate', 'show_id', 'season', 'number', 'scheme', 'media_id', 'copy_id', 'server_id');
  const link = insert('copy_media', 'copy_id', 'media_id', 'place', 'how');
  const said = insert('observation', 'account_id', 'copy_id', 'played', 'position_ms', 'observed_at', 'heard');
  const viewing = insert(
    'viewing',
    'person_id',
    'media_id',
    'watched',
    'changed_at',
    'via_account_id',
    'position_ms',
    'created_at',
    'updated_at',
  );

  const rareEvery = { movie: Math.floor(movies / RARE.titles), episode: Math.floor((items - movies) / RARE.titles) };
  const showId = (n: number): number => items + 1 + n;
  const isWatched = (n: number, title: BenchTitle): boolean => watched?.(n) ?? title.plays > 0;

  function rowAt(n: number): Row {
    if (n < movies) {
      const title = movieAt(n);
      const isRare = n % rareEvery.movie === 0;
      const rare = { name: `${title.name} ${RARE.movieWord}`, year: RARE.year };
      return { title: isRare ? { ...title, ...rare } : title, season: null, episode: null };
    }
    const at = n - movies;
    const { show, ...title } = episodeAt(at);
    const rare = at % rareEvery.episode === 1;
    const number = Math.floor(at / EPISODES_PER_SHOW);
    return {
      title: rare ? { ...title, name: `${title.name} ${RARE.episodeWord}` } : title,
      show: { id: showId(number), title: number === 0 ? { ...show, name: `${show.name} ${RARE.showWord}` } : show },
      season: rare ? RARE.season : title.season,
      episode: rare ? RARE.episode : title.number,
    };
  }

  function layShow({ id, title }: NonNullable<Row['show']>): void {
    media.run(id, 'show', title.name, title.year, null, null, null, at0, at0, title.name, title.year);
    works.run(id, title.name);
    ids.run('show', 'tvdb', String(title.tvdb), id);
  }

  function layTitle(id: number, { title, show, season, episode }: Row): void {
    const kind = show ? 'episode' : 'movie';
    const listed = show?.title ?? title;
    media.run(id, kind, title.name, show ? null : title.year, show?.id ?? null, season, episode, at0, at0, listed.name, listed.year);
    (show ? episodeTexts : works).run(id, title.name);
    ids.run(kind, 'imdb', title.imdb, id);
  }

  function layCopy(id: number, { title, show, season, episode }: Row): void {
    const where = show ? `shows/${show.title.name}/Season ${season}` : `movies/${title.name} (${title.year})`;
    const told = { ids: { imdb: title.imdb }, overview: title.summary, genres: title.genres, runtimeMs: title.lengthMs };
    const detail = JSON.stringify(show ? { ...told, show: { ids: {}, title: show.title.name } } : told);
    const [library, kind] = show ? ['2', 'episode'] : ['1', 'movie'];
    const path = `/media/${where}/${title.name}.mkv`;
    copy.run(
      id,
      main.server_id,
      String(id),
      library,
      String(id),
      kind,
      title.name,
      show ? `s${show.id}` : null,
      season,
      JSON.stringify([episode]),
      path,
      at0,
      '[]',
      detail,
    );
    link.run(id, id, 0, 'ids');
    if (numbered && show) claim.run(show.id, season, episode, 'aired', id, id, main.server_id);
    said.run(main.id, id, Number(isWatched(id - 1, title)), 0, at0, 1);
  }

  /** When things happened has nothing to do with the order in which titles came. */
  function layStanding(id: number, { title }: Row): void {
    const via = id % Math.floor(items / RARE.titles) === 2 ? other : main;
    const changed = (title.playedAt || title.addedAt) * 1_000 + ((id * 7_919) % 1_000_000);
    const created = title.addedAt * 1_000 + ((id * 104_729) % 10_000_000);
    viewing.run(MAIN_PERSON, id, Number(isWatched(id - 1, title)), changed, via.id, 0, created, changed + 1);
  }

  function lay(n: number): void {
    const row = rowAt(n);
    if (row.show && (n - movies) % EPISODES_PER_SHOW === 0) layShow(row.show);
    layTitle(n + 1, row);
    layCopy(n + 1, row);
    layStanding(n + 1, row);
  }

  for (let from = 0; from < items; from += ROWS_IN_ONE) {
    db.exec('begin');
    for (let n = from; n < Math.min(items, from + ROWS_IN_ONE); n++) lay(n);
    db.exec('commit');
  }
  db.exec('pragma wal_checkpoint(truncate)');
  db.close();
}

/** Ids that the questions name. */
export const rareIds = { movie: movieAt(17).imdb, show: showAt(3).tvdb };
