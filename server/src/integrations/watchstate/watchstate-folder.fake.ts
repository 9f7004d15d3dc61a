import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { stringify } from 'yaml';

/** A row of `state`: whatever somebody may find in one. Objects are written as JSON. */
export type FakeRow = Readonly<Record<string, unknown>>;

export type FakeIdentity = Readonly<{
  /** `servers.yaml` and `ignore.yaml`, as objects or as the text itself. */
  servers?: object | string;
  ignore?: object | string;
  rows?: readonly FakeRow[];
  /** Which release made the database. The older one has other file names. */
  schema?: 'v01' | 'v02';
}>;

export type FakeFolder = Readonly<{
  main?: FakeIdentity;
  users?: Readonly<Record<string, FakeIdentity>>;
  /** Files of `config/`, by name. */
  config?: Readonly<Record<string, object | string>>;
  backups?: Readonly<Record<string, Uint8Array | string>>;
}>;

const COLUMNS = [
  'type',
  'updated',
  'watched',
  'via',
  'title',
  'year',
  'season',
  'episode',
  'parent',
  'guids',
  'metadata',
  'extra',
  'created_at',
  'updated_at',
] as const;

const SCHEMA = [
  `create table state (
    id integer primary key autoincrement, type text not null, updated integer not null, watched integer not null default 0, via text not null,
    title text not null, year integer, season integer, episode integer, parent text, guids text, metadata text, extra text,
    created_at numeric not null default 0, updated_at numeric not null default 0)`,
  ...['type', 'updated', 'watched', 'via', 'title', 'year'].map((column) => `create index state_${column} on state (${column})`),
  'create table events (id text primary key, status integer not null default 0, reference text, event text not null, event_data text)',
];

const textOf = (content: object | string): string => (typeof content === 'string' ? content : stringify(content));
const columnOf = (value: unknown): SQLInputValue => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'boolean' ? Number(value) : (value as SQLInputValue);
};

/** A state database of that release. It stays open until it is closed, and what was written lies in its write-ahead log until then. */
export function openFakeState(file: string): Readonly<{ add(rows: Iterable<FakeRow>): void; close(): void }> {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = off');
  for (const statement of SCHEMA) database.exec(statement);
  const insert = database.prepare(`insert into state (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`);
  return {
    add(rows) {
      database.exec('begin');
      for (const row of rows) {
        const full: FakeRow = { updated: 0, watched: 0, via: '', title: '', type: '', created_at: 0, updated_at: 0, ...row };
        insert.run(...COLUMNS.map((column) => columnOf(full[column])));
      }
      database.exec('commit');
    },
    close: () => database.close(),
  };
}

async function writeText(file: string, content: object | string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content instanceof Uint8Array ? content : textOf(content));
}

async function writeIdentity(folder: string, databases: string, identity: FakeIdentity, old: string): Promise<void> {
  if (identity.servers !== undefined) await writeText(join(folder, 'servers.yaml'), identity.servers);
  if (identity.ignore !== undefined) await writeText(join(folder, 'ignore.yaml'), identity.ignore);
  await mkdir(databases, { recursive: true });
  if (!identity.rows) return;
  const state = openFakeState(join(databases, identity.schema === 'v01' ? old : 'watchstate_v02.db'));
  state.add(identity.rows);
  state.close();
}

/** Lays a data folder out as the program does: what its container has at /config. */
export async function writeWatchstateFolder(root: string, { main = {}, users = {}, config = {}, backups = {} }: FakeFolder): Promise<void> {
  await writeIdentity(join(root, 'config'), join(root, 'db'), main, 'watchstate_v01.db');
  for (const [name, identity] of Object.entries(users)) {
    await writeIdentity(join(root, 'users', name), join(root, 'users', name), identity, 'user_v01.db');
  }
  for (const [name, content] of Object.entries(config)) await writeText(join(root, 'config', name), content);
  for (const [name, content] of Object.entries(backups)) await writeText(join(root, 'backup', name), content);
}

type Shown = Readonly<{ id: string; show?: string; library?: string; playedAt?: number; progress?: number; path?: string }>;

/** What a backend shows of a title, as the program keeps it: nearly everything is a text. Dates in seconds, positions in milliseconds. */
export const metadataOf = (
  title: Readonly<{
    type: string;
    title: string;
    guids: object;
    parent?: object;
    season?: number;
    episode?: number;
    year?: number;
    name?: string;
  }>,
  shown: Shown,
  addedAt = 1_600_000_000,
) => ({
  id: shown.id,
  type: title.type,
  watched: shown.playedAt === undefined ? '0' : '1',
  title: title.title,
  guids: title.guids,
  added_at: String(addedAt),
  ...(shown.playedAt !== undefined && { played_at: String(shown.playedAt) }),
  progress: String(shown.progress ?? 0),
  library: shown.library ?? '1',
  ...(title.year !== undefined && { year: String(title.year) }),
  path: shown.path ?? `/media/${title.title}/${shown.id}.mkv`,
  ...(title.type === 'episode' && {
    show: shown.show ?? 's1',
    season: String(title.season),
    episode: String(title.episode),
    parent: title.parent ?? {},
  }),
  extra: { ...(title.name !== undefined && { title: title.name }), overview: 'What it is about.', genres: ['drama'], date: '1999-01-01' },
});

const DAY = 86_400;

/** A library of that many titles, a third of them movies, as the backends show it: some watched, some begun. The same every time. */
export function* manyRows(count: number, backends: readonly string[]): Generator<FakeRow> {
  for (let number = 1; number <= count; number++) {
    const isMovie = number % 3 === 0;
    const series = Math.floor(number / 200);
    const title = isMovie
      ? {
          type: 'movie',
          title: `Movie ${number}`,
          year: 1950 + (number % 70),
          guids: { guid_imdb: `tt${5_000_000 + number}`, guid_tmdb: String(number) },
        }
      : {
          type: 'episode',
          title: `Series ${series}`,
          season: 1 + Math.floor((number % 200) / 25),
          episode: 1 + (number % 25),
          guids: { guid_tvdb: String(7_000_000 + number) },
          parent: { guid_tvdb: String(90_000 + series), guid_imdb: `tt${8_000_000 + series}` },
          name: `Part ${number}`,
        };
    const added = 1_500_000_000 + number * 60;
    const watched = number % 5 < 3;
    const played = added + DAY * (1 + (number % 300));
    const metadata = Object.fromEntries(
      backends.map((name, index) => [
        name,
        metadataOf(
          title,
          {
            id: `${name}-${number}`,
            show: `${name}-s${series}`,
            library: isMovie ? '1' : '2',
            // Only the first was watched on; the others were told of it some days later.
            ...(watched && { playedAt: played + index * 3 * DAY }),
            ...(!watched && number % 7 === 0 && { progress: 600_000 }),
          },
          added,
        ),
      ]),
    );
    const extra = Object.fromEntries(backends.map((name) => [name, { event: 'task.import', received_at: played + 10 * DAY }]));
    yield {
      ...title,
      updated: watched ? played : added,
      watched: Number(watched),
      via: backends[0],
      metadata,
      extra,
      created_at: added,
      updated_at: played + 10 * DAY,
    };
  }
}

/** What years of use, other versions and other programs leave in a history: each of these has to be taken, or refused with its reason. */
export function awkwardRows(backends: readonly [string, string]): readonly FakeRow[] {
  const [one, other] = backends;
  const heat = { type: 'movie', title: 'Heat', year: 1995, guids: { guid_imdb: 'tt0113277', guid_tmdb: '949' } };
  const double = {
    type: 'episode',
    title: 'Twin Peaks',
    season: 1,
    guids: { guid_tvdb: '127134' },
    parent: { guid_tvdb: '70533' },
    name: 'Double',
  };
  const part = (episode: number) => ({
    ...double,
    episode,
    watched: 1,
    updated: 1_650_000_000,
    via: one,
    metadata: { [one]: { ...metadataOf({ ...double, episode }, { id: 'double', playedAt: 1_650_000_000 }), multi: true } },
    updated_at: 1_650_000_100,
  });
  return [
    // The same title three times: told by numbers as texts, once not watched, and years later again.
    {
      ...heat,
      watched: '1',
      updated: '1500000000',
      year: '1995',
      via: one,
      metadata: { [one]: metadataOf(heat, { id: 'heat', playedAt: 1_500_000_000 }) },
      created_at: '1490000000',
    },
    {
      ...heat,
      guids: { guid_imdb: 'tt0113277' },
      watched: 0,
      updated: 1_490_000_000,
      via: other,
      metadata: { [other]: metadataOf(heat, { id: 'heat-too' }) },
    },
    { ...heat, guids: { guid_tmdb: 949 }, watched: 1, updated: 1_690_000_000, via: one, metadata: null },
    part(4),
    part(5),
    // Rematched on its server: an older row still claims the item.
    {
      type: 'movie',
      title: 'Wrong',
      guids: { guid_imdb: 'tt0000001' },
      updated: 1_400_000_000,
      watched: 1,
      via: one,
      metadata: {
        [one]: metadataOf({ type: 'movie', title: 'Wrong', guids: { guid_imdb: 'tt0000001' } }, { id: 'moved', playedAt: 1_400_000_000 }),
      },
      updated_at: 5,
    },
    {
      type: 'movie',
      title: 'Right',
      guids: { guid_imdb: 'tt0000002' },
      updated: 1_410_000_000,
      watched: 0,
      via: one,
      metadata: { [one]: metadataOf({ type: 'movie', title: 'Right', guids: { guid_imdb: 'tt0000002' } }, { id: 'moved' }) },
      updated_at: 9,
    },
    // Backends that do not agree on what it is.
    {
      type: 'movie',
      title: 'Two Films',
      guids: { guid_imdb: 'tt0000003' },
      updated: 1_660_000_000,
      watched: 1,
      via: one,
      metadata: {
        [one]: metadataOf(
          { type: 'movie', title: 'Two Films', guids: { guid_imdb: 'tt0000003' } },
          { id: 'two-a', playedAt: 1_660_000_000 },
        ),
        [other]: metadataOf(
          { type: 'movie', title: 'Another', guids: { guid_imdb: 'tt0000004' } },
          { id: 'two-b', playedAt: 1_661_000_000 },
        ),
      },
    },
    { type: 'movie', title: 'From the Future', guids: { guid_imdb: 'tt0000005' }, updated: 4_000_000_000, watched: 1, via: one },
    { type: 'movie', title: 'No Date', guids: { guid_imdb: 'tt0000006' }, watched: 1, via: 'gone' },
    {
      type: 'movie',
      title: 'Cut Off',
      guids: { guid_imdb: 'tt0000007' },
      watched: 1,
      updated: 1_600_000_000,
      metadata: '{"attic":{"id"',
      extra: '{',
    },
    {
      type: 'movie',
      title: 'Gone Backend',
      guids: { guid_imdb: 'tt0000008' },
      watched: 0,
      updated: 1_600_000_000,
      metadata: { gone: { id: '1', progress: '600000' } },
    },
    { type: 'episode', title: 'No Numbers', guids: { guid_tvdb: '99' }, season: null, episode: 0, watched: 1, updated: 1_600_000_000 },
    { type: 'episode', title: 'Nobody Knows', guids: [], parent: [], season: 1, episode: 1, watched: 1, updated: 1_600_000_000 },
    { type: 'movie', title: 'Own Ids', guids: { guid_mine: 'a' }, watched: 1, updated: 1_600_000_000 },
    { type: 'movie', title: 'Home Video', guids: '{"guid_path":"0cc175b9c0f1b6a831c399e269772661"}', watched: 1, updated: 1_600_000_000 },
    { type: 'show', title: 'Twin Peaks', guids: { guid_tvdb: '70533' } },
    { type: 'mixed', title: '' },
  ];
}
