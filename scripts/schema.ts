import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, openDatabase, statementsOf } from '#platform/db/index.ts';
import { migrations } from '../server/src/migrations.ts';

/** Writes the schema as it comes out of all steps, for review, and the fingerprints that keep landed steps from being edited. */

/** The schema of a new SQLite database, as text that changes only where the schema does. */
export async function dumpSchema(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-schema-'));
  const file = join(folder, 'schema.db');
  const database = await openDatabase({ file });
  await migrate(database, migrations, 0);
  await database.close();
  const connection = new DatabaseSync(file, { readOnly: true });
  const rows = connection
    .prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type desc, name")
    .all() as { sql: string }[];
  connection.close();
  await rm(folder, { recursive: true, force: true });
  const statements = rows.map(({ sql }) => `${sql.replaceAll(/\s*\n\s*/g, '\n  ').replace(/\n {2}\)/, '\n)')};`);
  return `-- Made by \`npm run schema\` from the steps in server/src/migrations.ts. Read it in review; do not edit it.\n\n${statements.join('\n\n')}\n`;
}

/** Of each step, what it does on both databases. */
export const fingerprints = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    migrations.map((step) => {
      const text = (['sqlite', 'postgres'] as const).map((kind) => statementsOf(step, kind).join(';\n')).join('\n--\n');
      return [step.name, createHash('sha256').update(text).digest('hex').slice(0, 16)];
    }),
  );

if (import.meta.main) {
  await writeFile(new URL('../server/schema.sql', import.meta.url), await dumpSchema());
  await writeFile(new URL('../server/tests/upgrades/steps.json', import.meta.url), `${JSON.stringify(fingerprints(), null, 2)}\n`);
}
