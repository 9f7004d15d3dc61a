import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access, Actor } from '#core/access/index.ts';

const NAME = 'Command line on this host';
const fileIn = (dataDir: string): string => join(dataDir, 'cli.key');

/** The key of this host's own command line; undefined where there is none, or where this user may not read it. */
export function readCliKey(dataDir: string): string | undefined {
  try {
    return readFileSync(fileIn(dataDir), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whoever may read the data folder owns the house anyway, so the command line there needs no set-up: it finds a key in a file that only
 * the server's own user may read. One that does not work any more is replaced, and revoked.
 */
export async function ensureCliKey({ access, dataDir, by }: Readonly<{ access: Access; dataDir: string; by: Actor }>): Promise<void> {
  const known = readCliKey(dataDir);
  if (known !== undefined && (await access.authenticate({ credential: known, surface: 'app', kinds: ['api-key'] }))) return;
  for (const key of await access.keys.list(by)) {
    if (key.name === NAME && key.revokedAt === undefined) await access.keys.revoke(key.id, by);
  }
  const { key } = await access.keys.create({ name: NAME, role: 'owner', surface: 'api' }, by);
  // Made anew, since the mode of a file that is there already would stay.
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), `${key}\n`, { mode: 0o600 });
}
