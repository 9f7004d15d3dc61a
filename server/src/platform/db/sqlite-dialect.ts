import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

const STATEMENTS_KEPT = 300;
/**
 * A transaction takes the write lock when it begins. One that read first and wrote later would fail at once where another
 * connection (a worker thread) had written in between, and no waiting would help it.
 */
const BEGIN = 'begin immediate';
const ROLLBACK = 'rollback';

/**
 * node:sqlite in the shape that Kysely's SQLite dialect expects. Statements are kept prepared, since the same few hundred
 * texts make up nearly all calls.
 */
function adapt(connection: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, StatementSync>();

  function statementFor(text: string): StatementSync {
    const kept = prepared.get(text);
    if (kept) return kept;
    const statement = connection.prepare(text === 'begin' ? BEGIN : text);
    if (prepared.size >= STATEMENTS_KEPT) prepared.delete(prepared.keys().next().value ?? '');
    prepared.set(text, statement);
    return statement;
  }

  return {
    prepare(text): SqliteStatement {
      const statement = statementFor(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => {
          // A full disk ends a transaction by itself, and whoever rolls back then is to hear of the disk.
          if (text === ROLLBACK && !connection.isTransaction) return { changes: 0, lastInsertRowid: 0 };
          const [rows] = parameters;
          // A list of rows in place of a value: insertRows binds the one statement to each of them.
          if (Array.isArray(rows)) {
            for (const row of rows as readonly SQLInputValue[][]) statement.run(...row);
            return { changes: rows.length, lastInsertRowid: 0 };
          }
          const { changes, lastInsertRowid } = statement.run(...(parameters as SQLInputValue[]));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
    close: () => connection.close(),
  };
}

export function openSqliteFile(file: string): { dialect: SqliteDialect; connection: DatabaseSync } {
  const connection = new DatabaseSync(file, { timeout: 10_000 });
  connection.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -16384; pragma temp_store = memory;',
  );
  return { dialect: new SqliteDialect({ database: async () => adapt(connection) }), connection };
}
