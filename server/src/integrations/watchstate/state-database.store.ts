import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, messageOf } from '#kernel/app-error.ts';
import type { ClaimRow, StateRow } from './state-row.wire.ts';

const TRIES = 5;
const BETWEEN_TRIES_MS = 300;

/** What changes when somebody writes to the database. */
async function standing(file: string): Promise<string> {
  const parts = [file, `${file}-wal`].map(async (one) =>
    existsSync(one) ? stat(one).then(({ size, mtimeMs }) => `${size} ${mtimeMs}`) : '-',
  );
  return (await Promise.all(parts)).join(' ');
}

/**
 * Copies a database that another program may have open, with what is not yet merged into it. It is only read: no lock is taken, and its
 * own files stay as they are. Throws `unavailable` where it is written to all the time.
 */
export async function copyDatabase(file: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    for (const end of ['', '-wal', '-shm']) await rm(`${target}${end}`, { force: true });
    const before = await standing(file);
    await copyFile(file, target, constants.COPYFILE_FICLONE);
    if (existsSync(`${file}-wal`)) await copyFile(`${file}-wal`, `${target}-wal`, constants.COPYFILE_FICLONE);
    if ((await standing(file)) === before) return;
    await sleep(BETWEEN_TRIES_MS);
  }
  throw new AppError('unavailable', `${file} is being written to. Stop the program that uses it, and try again.`);
}

export type StateDatabase = ReturnType<typeof openStateDatabase>;

/** A copy of a state database. Throws where it is none, with the reason. */
export function openStateDatabase(copy: string) {
  const connection = new DatabaseSync(copy);
  const rows = <Row>(text: string, ...values: SQLInputValue[]): Row[] => connection.prepare(text).all(...values) as Row[];
  try {
    connection.exec('pragma query_only = on');
    const [check] = rows<{ quick_check: string }>('pragma quick_check(1)');
    if (check?.quick_check !== 'ok') throw new Error(`it is damaged: ${check?.quick_check ?? 'it cannot be checked'}`);
    if (rows("select 1 from sqlite_master where name = 'state'").length === 0) throw new Error('it has no table "state"');
  } catch (error) {
    connection.close();
    throw new Error(messageOf(error), { cause: error });
  }
  const [counted] = rows<{ count: number }>('select count(*) as count from state');
  return {
    count: counted?.count ?? 0,

    /** In the order of their ids, those after `after`. */
    page: (after: number, limit: number): readonly StateRow[] =>
      rows<StateRow>('select * from state where id > ? order by id limit ?', after, limit),

    /** Who claims the items of backends that more than one row claims. */
    sharedClaims: (): readonly ClaimRow[] =>
      rows<ClaimRow>(`
        with told as materialized (
          select b.key as backend, cast(json_extract(b.value, '$.id') as text) as item, json_extract(b.value, '$.multi') as multi, s.id, s.type, s.season,
            s.episode, s.updated_at
          from (select * from state where json_valid(metadata) and json_type(metadata) = 'object') s, json_each(s.metadata) b
          where b.type = 'object' and json_extract(b.value, '$.id') is not null)
        select t.* from told t
        join (select backend, item from told group by backend, item having count(*) > 1) twice on twice.backend = t.backend and twice.item = t.item
        order by t.id`),

    close: (): void => connection.close(),
  };
}
