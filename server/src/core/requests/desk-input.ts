import { normalUrl, urlFault } from '#core/connections/index.ts';
import type { FieldFault } from '#kernel/app-error.ts';
import type { DeskPlace, DeskRole } from './desk.ts';
import { DESK_ROLES } from './desk.ts';

/** What is needed of a desk. Absent: nothing changes, or the default (internal, disabled, no label). */
export type DeskInput = Readonly<{
  name?: string | undefined;
  place?: DeskPlace | undefined;
  vendor?: string | undefined;
  url?: string | undefined;
  apiKey?: string | undefined;
  role?: DeskRole | undefined;
  /** Null takes it away. Only for external desks. */
  label?: string | null | undefined;
}>;

const LONGEST_NAME = 64;
const LONGEST_LABEL = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL = /[\u0000-\u001f\u007f]/;

const textFault = (field: string, text: string, longest: number): FieldFault | undefined => {
  const trimmed = text.trim();
  if (trimmed === '') return { field, message: 'must not be empty' };
  if (trimmed.length > longest) return { field, message: `must not be longer than ${longest} characters` };
  return CONTROL.test(trimmed) ? { field, message: 'must be one line of plain characters' } : undefined;
};

function keyFault(apiKey: string): FieldFault | undefined {
  if (apiKey.trim() === '') return { field: 'api_key', message: 'is missing' };
  // A line break would end the header that carries it.
  if (/^[\x21-\x7e]{1,512}$/.test(apiKey.trim())) return undefined;
  return { field: 'api_key', message: 'must be one word of plain characters: copy it again' };
}

/** What is wrong with the members that were given, all of it. */
export function inputFaults(input: DeskInput): readonly FieldFault[] {
  const { name, url, apiKey, label, role, place } = input;
  const found = [
    name !== undefined && textFault('name', name, LONGEST_NAME),
    url !== undefined && url.trim() !== '' && urlFault(url),
    apiKey !== undefined && keyFault(apiKey),
    typeof label === 'string' && labelFault(label),
    role !== undefined && !DESK_ROLES.includes(role) && { field: 'role', message: `must be one of ${DESK_ROLES.join(', ')}` },
    place !== undefined && place !== 'internal' && place !== 'external' && { field: 'place', message: 'must be internal or external' },
  ];
  return found.filter((one): one is FieldFault => typeof one === 'object');
}

function labelFault(label: string): FieldFault | undefined {
  if (label.trim().startsWith('internal:')) return { field: 'label', message: 'must not begin with "internal:"' };
  return textFault('label', label, LONGEST_LABEL);
}

/** One spelling for one address; an empty one stays empty. */
export const plainUrl = (url: string): string => (url.trim() === '' ? '' : normalUrl(url));
