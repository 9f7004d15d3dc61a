import { createHash } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

/** A line of a daily file, read back. */
export type LogEntry = Readonly<{
  /** The same for the same line. */
  id: string;
  at: Instant | undefined;
  level: string;
  text: string;
  fields: Readonly<Record<string, unknown>>;
}>;

const OWN = new Set(['level', 'type', 'time', 'msg']);

/** What a person reads of a line: its text, with the fault that it is about. */
export function textOf(record: Readonly<Record<string, unknown>>): string {
  const text = typeof record.msg === 'string' ? record.msg : '';
  const fault = isRecord(record.err) && typeof record.err.message === 'string' ? record.err.message : undefined;
  if (fault === undefined || text.includes(fault)) return text;
  return text === '' ? fault : `${text}: ${fault}`;
}

/** A line that is no JSON (something else wrote into the file) is a text of its own. */
export function readEntry(line: string): LogEntry {
  const id = createHash('sha256').update(line).digest('base64url').slice(0, 22);
  const record = recordOf(line);
  if (record === undefined) return { id, at: undefined, level: 'info', text: line, fields: {} };
  return {
    id,
    at: typeof record.time === 'number' ? record.time : undefined,
    level: typeof record.level === 'string' ? record.level : 'info',
    text: textOf(record),
    fields: Object.fromEntries(Object.entries(record).filter(([name]) => !OWN.has(name))),
  };
}

/** The record that a text spells, if it spells one. */
export function recordOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
