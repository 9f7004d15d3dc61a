import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { openSqliteFile } from './sqlite-dialect.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** What a store queries with: the whole database, or one transaction of it. A room sees it as its own tables. */
export type Handle = Readonly<{ kind: DatabaseKind; tables<Tables>(): Kysely<Tables> }>;

export type Database = Handle &
  Readonly<{
    /** Where it is, without credentials. */
    place: string;
    /** All of `work` or nothing of it. Inside, query through the handle given and through nothing else. */
    transaction<T>(work: (handle: Handle) => Promise<T>): Promise<T>;
    /** A copy that can be opened by itself; answers where it lies. It is there whole or not at all, and once for each label. */
    copy(label: string): Promise<string>;
    /** Takes the copy of that label away, if there is one. */
    removeCopy(label: string): Promise<void>;
    /**
     * Shows what `work` would do: it gets a database that holds all that this one does, and nothing of what it writes is kept. On
     * PostgreSQL that is one long transaction, and whoever needs its locks waits until it has ended.
     */
    rehearse<T>(work: (database: Database) => Promise<T>): Promise<T>;
    close(): Promise<void>;
  }>;

export type DatabaseOptions = Readonly<{
  /** `postgres://…`; absent: SQLite. */
  url?: string;
  /** The SQLite file. */
  file: string;
  /** Connections kept to PostgreSQL. */
  poolSize?: number;
}>;

/** Opens the database, or throws `misconfigured` with the reason. Nothing is created but an empty SQLite file. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === undefined ? openSqlite(options.file) : openPostgres(options.url, options.poolSize ?? 8);
}

const handleOn = (kysely: Kysely<never>, kind: DatabaseKind): Handle => ({
  kind,
  tables: <Tables>() => kysely as unknown as Kysely<Tables>,
});

function databaseOf(
  kysely: Kysely<never>,
  kind: DatabaseKind,
  own: Pick<Database, 'place' | 'copy' | 'removeCopy' | 'rehearse'>,
): Database {
  return {
    ...handleOn(kysely, kind),
    ...own,
    transaction: (work) => kysely.transaction().execute((tx) => work(handleOn(tx, kind))),
    close: () => kysely.destroy(),
  };
}

async function openSqlite(file: string): Promise<Database> {
  const opened = await mkdir(dirname(file), { recursive: true })
    .then(() => openSqliteFile(file))
    .catch((cause: unknown) => {
      throw new AppError('misconfigured', `The database ${file} cannot be opened: ${messageOf(cause)}. Check the folder and its rights.`, {
        cause,
      });
    });
  const kysely = new Kysely<never>({ dialect: opened.dialect });
  return databaseOf(kysely, 'sqlite', {
    place: file,
    async copy(label) {
      const target = `${file}.${label}`;
      if (existsSync(target)) return target;
      await removeParts(file);
      const part = `${target}${PART}`;
      await sql`vacuum into ${part}`.execute(kysely).catch(async (cause: unknown) => {
        await rm(part, { force: true });
        throw cause;
      });
      await rename(part, target);
      return target;
    },
    removeCopy: (label) => rm(`${file}.${label}`, { force: true }),
    async rehearse(work) {
      const scratch = `${file}.rehearsal`;
      const remove = async (): Promise<void> => {
        for (const end of ['', '-wal', '-shm']) await rm(`${scratch}${end}`, { force: true });
      };
      await remove();
      await sql`vacuum into ${scratch}`.execute(kysely);
      const database = await openSqlite(scratch);
      try {
        return await work(database);
      } finally {
        await database.close();
        await remove();
      }
    },
  });
}

const PART = '.part';

/** Copies that a process which ended left half made. */
async function removeParts(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder))
    if (name.startsWith(`${basename(file)}.`) && name.endsWith(PART)) await rm(join(folder, name), { force: true });
}

const INT8 = 20;
const NUMERIC = 1700;

async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 || oid === NUMERIC ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format as 'text'),
    },
  });
  // An idle connection that breaks is reported here; without a listener it would end the process.
  pool.on('error', () => undefined);
  const kysely = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  const place = placeOf(url);
  await sql`select 1`.execute(kysely).catch(async (cause: unknown) => {
    await kysely.destroy();
    throw new AppError('misconfigured', `PostgreSQL at ${place} does not answer: ${messageOf(cause)}. Check USHERR_DATABASE_URL.`, {
      cause,
    });
  });
  return databaseOf(kysely, 'postgres', {
    place,
    async copy(label) {
      const schema = schemaOf(label);
      const { rows: known } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(kysely);
      if (known.length > 0) return `schema ${schema} of ${place}`;
      await kysely.transaction().execute(async (tx) => {
        const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(
          tx,
        );
        await sql`create schema ${sql.id(schema)}`.execute(tx);
        for (const { name } of rows) await sql`create table ${sql.id(schema, name)} as table ${sql.id(name)}`.execute(tx);
      });
      return `schema ${schema} of ${place}`;
    },
    async removeCopy(label) {
      await sql`drop schema if exists ${sql.id(schemaOf(label))} cascade`.execute(kysely);
    },
    rehearse: (work) => rehearseIn(kysely, place, work),
  });
}

const schemaOf = (label: string): string => `before_${label.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}`;

async function rehearseIn<T>(kysely: Kysely<never>, place: string, work: (database: Database) => Promise<T>): Promise<T> {
  const rehearsed = new Error('rehearsed');
  const kept: { result?: T } = {};
  await kysely
    .transaction()
    .execute(async (tx) => {
      const handle = handleOn(tx, 'postgres');
      const database: Database = {
        ...handle,
        place,
        transaction: (inner) => inner(handle),
        copy: async () => place,
        removeCopy: async () => undefined,
        rehearse: (inner) => inner(database),
        close: async () => undefined,
      };
      kept.result = await work(database);
      throw rehearsed;
    })
    .catch((error: unknown) => {
      if (error !== rehearsed) throw error;
    });
  return kept.result as T;
}

function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}` : 'the address given';
}
