import { invalid } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { type LogType, recordOf } from '#platform/logging/index.ts';
import { LOG_KINDS } from './log-lines.ts';

/** Where in the files of each kind somebody is: the file, and bytes into it. */
export type LogPlace = Readonly<Partial<Record<LogType, Readonly<{ file: string; at: number }>>>>;

const FILE = /^(app|access|task)\.\d{8}\.log$/;

/** A place as a text that travels in addresses. */
export const spellPlace = (place: LogPlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Throws `invalid` naming the field for anything that was not spelt here. */
export function readPlace(text: string, field: string): LogPlace {
  const wrong = invalid(field, 'must be a place that an earlier answer gave');
  const value = recordOf(Buffer.from(text, 'base64url').toString('utf8'));
  if (value === undefined) throw wrong;
  const place: Partial<Record<LogType, { file: string; at: number }>> = {};
  for (const kind of LOG_KINDS) {
    const given = value[kind];
    if (given === undefined) continue;
    if (!isRecord(given) || typeof given.file !== 'string' || !FILE.test(given.file) || !given.file.startsWith(`${kind}.`)) throw wrong;
    if (typeof given.at !== 'number' || !Number.isSafeInteger(given.at) || given.at < 0) throw wrong;
    place[kind] = { file: given.file, at: given.at };
  }
  return place;
}
