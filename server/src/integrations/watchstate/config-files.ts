import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import type { Refusal } from '#core/upstreams/index.ts';
import { messageOf } from '#kernel/app-error.ts';

/** No file of settings comes near it. */
const LARGEST = 32 * 1024 * 1024;
/** A key of digits alone is not the number that it spells: leading zeros and exponents count. */
const TEXTS: ReadonlySet<unknown> = new Set(['token', 'uuid', 'user', 'ADMIN_TOKEN', 'PLEX_USER_PIN', 'ADMIN_PLEX_USER_PIN', 'ALT_ID']);

/** The file below the folder, by its real place: undefined where there is none, or where it is a link that leads out of the folder. */
export async function fileIn(root: string, ...parts: readonly string[]): Promise<string | undefined> {
  const place = await realpath(join(root, ...parts)).catch(() => undefined);
  if (place === undefined || !place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) return undefined;
  return (await stat(place)).isFile() ? place : undefined;
}

export type ConfigFile = Readonly<{ told: unknown; refused: readonly Refusal[] }>;

/** A YAML file as plain data. What is at fault is told without its text, which may hold tokens. */
export async function readConfig(root: string, name: string): Promise<ConfigFile> {
  const file = await fileIn(root, ...name.split('/'));
  if (file === undefined) return { told: undefined, refused: [] };
  try {
    if ((await stat(file)).size > LARGEST) return { told: undefined, refused: [{ what: name, reason: 'it is too large for such a file' }] };
    return readYaml(name, await readFile(file, 'utf8'));
  } catch (error) {
    return { told: undefined, refused: [{ what: name, reason: `it cannot be read: ${messageOf(error)}` }] };
  }
}

export function readYaml(name: string, text: string): ConfigFile {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const [fault] = document.errors;
  if (fault) {
    const line = text.slice(0, fault.pos[0]).split('\n').length;
    return { told: undefined, refused: [{ what: name, reason: `it is no YAML: line ${line} (${fault.code})` }] };
  }
  visit(document, {
    Pair(_key, pair) {
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      const { value } = pair;
      if (TEXTS.has(key) && isScalar(value) && typeof value.value === 'number' && value.source !== undefined) value.value = value.source;
    },
  });
  return { told: document.toJS({ maxAliasCount: 100 }) as unknown, refused: [] };
}
