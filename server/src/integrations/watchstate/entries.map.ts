import type { LinkDraft, ProviderDraft } from '#core/media/index.ts';
import type { JsonObject } from '#kernel/json.ts';
import { objectIn, textIn, truthIn } from './loose-values.ts';

/** What cannot be read, in words. */
export type Unread = Readonly<{ fault: string }>;

/** An entry of guid.yaml: a provider, or a link to one. */
export type OwnId = Readonly<{ provider: ProviderDraft }> | Readonly<{ link: LinkDraft }> | Unread;

/** A row of suppress.yaml. */
export type Suppressed = Readonly<{ id: string; type: 'regex' | 'contains'; rule: string; example: string }>;

/** A row of mapper.yaml. */
export type MappedRow = Readonly<{
  identity: string;
  members: readonly Readonly<{ backend: string; username: string; options: Readonly<Record<string, string>> }>[];
}>;

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : []);
/** As it is written, blanks and emptiness too: samples that must not match are made of such. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : textIn(value));

export function ownIdIn(value: JsonObject): OwnId {
  const map = objectIn(value.map).told;
  return Object.keys(map).length > 0 ? linkIn(value, map) : providerIn(value);
}

function providerIn(value: JsonObject): OwnId {
  const validator = objectIn(value.validator).told;
  const tests = objectIn(validator.tests).told;
  const [id, name, pattern] = [textIn(value.id), textIn(value.name), textIn(validator.pattern)];
  if (name === undefined) return { fault: 'it has no name' };
  if (pattern === undefined) return { fault: 'it has no validator.pattern' };
  return {
    provider: {
      ...(id !== undefined && { id }),
      name,
      type: textIn(value.type) ?? 'string',
      description: textIn(value.description) ?? '',
      pattern,
      example: textIn(validator.example) ?? '',
      valid: textsIn(tests.valid),
      invalid: textsIn(tests.invalid),
    },
  };
}

const TYPES: ReadonlySet<string> = new Set(['plex', 'jellyfin', 'emby']);

function linkIn(value: JsonObject, map: Readonly<Record<string, unknown>>): OwnId {
  const options = objectIn(value.options).told;
  const replace = objectIn(value.replace ?? options.replace).told;
  const [id, from, to, type = ''] = [textIn(value.id), textIn(map.from), textIn(map.to), textIn(value.type)?.toLowerCase()];
  if (from === undefined || to === undefined) return { fault: 'its map has no from, or no to' };
  if (!TYPES.has(type)) return { fault: `its type "${type}" is no kind of server` };
  const [replaced, by] = [textIn(replace.from), textOf(replace.to)];
  return {
    link: {
      ...(id !== undefined && { id }),
      type,
      from,
      to,
      ...(type === 'plex' && { legacy: options.legacy === undefined || truthIn(options.legacy) }),
      ...(replaced !== undefined && { replace: { from: replaced, to: by ?? '' } }),
    },
  };
}

export function suppressionIn(value: JsonObject): Suppressed | Unread {
  const [id = '', type, rule, example] = [textIn(value.id), textIn(value.type), textOf(value.rule), textOf(value.example)];
  if (type !== 'regex' && type !== 'contains') return { fault: 'its type is neither regex nor contains' };
  if (!rule || !example) return { fault: 'it has no rule, or no example' };
  return { id, type, rule, example };
}

/** The name that most of its users have, or are given there, is the identity's; of several the first. */
export function mappedRowIn(value: JsonObject): MappedRow | Unread {
  const members = Object.entries(value).flatMap(([backend, told]) => {
    const { name, options, replace_with: given } = objectIn(told).told;
    const username = textIn(name);
    if (username === undefined) return [];
    const texts = Object.entries(objectIn(options).told).flatMap(([key, one]) => {
      const text = textIn(one);
      return text === undefined ? [] : [[key, text] as const];
    });
    return [{ called: textIn(given) ?? username, member: { backend, username, options: Object.fromEntries(texts) } }];
  });
  const [most] = [...Map.groupBy(members, ({ called }) => called)].sort(([, one], [, other]) => other.length - one.length);
  if (most === undefined || members.length < 2) return { fault: 'it names fewer than two users' };
  return { identity: most[0], members: members.map(({ member }) => member) };
}
