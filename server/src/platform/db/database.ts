import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
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
    /** A copy that can be opened by itself; answers where it lies. */
    copy(label: string): Promise<string>;
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

function databaseOf(kysely: Kysely<never>, kind: DatabaseKind, place: string, copy: Database['copy']): Database {
  const handleOf = (db: Kysely<never>): Handle => ({ kind, tables: <Tables>() => db as unknown as Kysely<Tables> });
  return {
    ...handleOf(kysely),
    place,
    transaction: (work) => kysely.transaction().execute((tx) => work(handleOf(tx))),
    copy,
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
  return databaseOf(kysely, 'sqlite', file, async (label) => {
    const target = `${file}.${label}`;
    await sql`vacuum into ${target}`.execute(kysely);
    return target;
  });
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
  return databaseOf(kysely, 'postgres', place, async (label) => {
    const schema = `before_${label.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}`;
    await sql`create schema ${sql.id(schema)}`.execute(kysely);
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(
      kysely,
    );
    for (const { name } of rows) await sql`create table ${sql.id(schema, name)} as table ${sql.id(name)}`.execute(kysely);
    return `schema ${schema} of ${place}`;
  });
}

function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? `${parsed.hostname}:${parsed.port || '5432'}${parsed.pathname}` : 'the address given';
}
