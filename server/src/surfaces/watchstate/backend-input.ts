import { type Static, Type } from '@fastify/type-provider-typebox';
import { ACCOUNT_OPTIONS, type AccountPatch, accountOption, flattenOptions, type NewAccount } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import { AppError, invalid, isUpstreamFault } from '#kernel/app-error.ts';
import { fromUnix, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { MASK } from './backend.shape.ts';
import { specEntry } from './backend-spec.ts';

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Id = Type.Optional(Type.Union([Type.String(), Type.Integer(), Type.Null()]));

/** A backend as people and scripts write it. Members of others (`urls`, `health`, what a list shows) may come back and are left alone. */
export const BackendBody = Type.Object({
  name: Text,
  type: Text,
  url: Text,
  token: Text,
  user: Id,
  uuid: Id,
  import: Type.Optional(Type.Unknown()),
  export: Type.Optional(Type.Unknown()),
  options: Type.Optional(Type.Unknown()),
});
export type BackendBody = Static<typeof BackendBody>;

/** The page's `[{key, value}]`. */
export const BackendPatch = Type.Array(Type.Object({ key: Type.String({ minLength: 1 }), value: Type.Optional(Type.Unknown()) }), {
  minItems: 1,
  maxItems: 200,
});
export type BackendPatch = Static<typeof BackendPatch>;

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
]);

const asFlag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number'
    ? FLAGS.get(String(value).trim().toLowerCase())
    : undefined;

function flagOf(field: string, value: unknown): boolean {
  const flag = asFlag(value);
  if (flag === undefined) throw invalid(field, 'must be true or false');
  return flag;
}

/** `{enabled: …}`, or the switch itself. */
function switchOf(field: 'import' | 'export', given: unknown): boolean | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isRecord(given)) return flagOf(field, given);
  return given.enabled === undefined || given.enabled === null ? undefined : flagOf(`${field}.enabled`, given.enabled);
}

const DEEPEST = 4;
const depthOf = (value: unknown, level = 0): number =>
  isRecord(value) && level <= DEEPEST ? Math.max(level, ...Object.values(value).map((one) => depthOf(one, level + 1))) : level;

/** Options as a tree or flat, flat. Scripts in PHP write an empty tree as an empty list. */
function optionsOf(given: unknown): Readonly<Record<string, unknown>> {
  if (given === undefined || given === null || (Array.isArray(given) && given.length === 0)) return {};
  if (!isRecord(given)) throw invalid('options', 'must be an object');
  if (depthOf(given) > DEEPEST) throw invalid('options', 'is nested too deeply');
  return Object.fromEntries(
    Object.entries(flattenOptions(given)).flatMap(([key, value]) => (isKept(key, value) ? [] : [[key, spelled(key, value)]])),
  );
}

const isKept = (key: string, value: unknown): boolean => value === MASK && accountOption(key)?.secret === true;

/** Switches are also written as yes and no, on and off. */
const spelled = (key: string, value: unknown): unknown => (accountOption(key)?.type === 'bool' ? (asFlag(value) ?? value) : value);

const textOf = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

export const newAccount = (body: BackendBody, person: Person): NewAccount => ({
  personId: person.id,
  name: textOf(body.name),
  type: body.type ?? '',
  url: textOf(body.url),
  token: textOf(body.token),
  user: textOf(body.user),
  uuid: textOf(body.uuid),
  importEnabled: switchOf('import', body.import) ?? false,
  exportEnabled: switchOf('export', body.export) ?? false,
  options: optionsOf(body.options),
  // Whoever adds a backend here has asked for it: there is no first plan to wait for.
  consent: 'given',
});

/** What PUT means: a member that is left out stays, and so does a secret; options that are given take the place of the former ones. */
export function replacement(body: BackendBody, current: Readonly<{ name: string; type: string }>): AccountPatch {
  for (const field of ['name', 'type'] as const) {
    const given = body[field];
    if (given !== undefined && given !== null && given !== current[field]) throw invalid(field, 'cannot be changed');
  }
  const importEnabled = switchOf('import', body.import);
  const options = body.options === undefined ? {} : { ...WITHOUT_OPTIONS, ...optionsOf(body.options) };
  return {
    ...placeOf(body),
    ...(importEnabled !== undefined && { importEnabled }),
    ...(importEnabled === true && { metadataOnly: false }),
    ...given('exportEnabled', switchOf('export', body.export)),
    options,
  };
}

const WITHOUT_OPTIONS: Readonly<Record<string, null>> = Object.fromEntries(
  ACCOUNT_OPTIONS.filter((option) => option.secret !== true).map((option) => [option.key, null]),
);

const given = <Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };

const placeOf = (body: BackendBody): AccountPatch => ({
  ...given('url', textOf(body.url)),
  ...given('token', body.token === MASK ? undefined : textOf(body.token)),
  ...given('user', textOf(body.user)),
  ...given('uuid', textOf(body.uuid)),
});

/** `undefined` for a mark that is not named, `null` for one that is to be forgotten. */
export type PatchReading = Readonly<{
  patch: AccountPatch;
  importLastSync?: Instant | null;
  exportLastSync?: Instant | null;
}>;

type Change = (reading: PatchReading, key: string, value: unknown) => PatchReading;

const withPatch = ({ patch, ...marks }: PatchReading, part: AccountPatch): PatchReading => ({ ...marks, patch: { ...patch, ...part } });

const changePlace: Change = (reading, key, value) => withPatch(reading, placeOf({ [key]: placeText(key, value) }));
const changeOption: Change = (reading, key, value) =>
  withPatch(reading, { options: { ...reading.patch.options, ...optionsOf({ [key.slice('options.'.length)]: value }) } });

const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['import.enabled', (reading, key, value) => withPatch(reading, { importEnabled: flagOf(key, value) })],
  ['export.enabled', (reading, key, value) => withPatch(reading, { exportEnabled: flagOf(key, value) })],
  ['import.lastSync', (reading, key, value) => ({ ...reading, importLastSync: markOf(key, value) })],
  ['export.lastSync', (reading, key, value) => ({ ...reading, exportLastSync: markOf(key, value) })],
]);

/** Reads the page's list of changes; throws `invalid` for the first that cannot be made, so that none is. */
export function readPatch(changes: BackendPatch): PatchReading {
  let reading: PatchReading = { patch: {} };
  for (const { key, value } of changes) {
    const entry = specEntry(key);
    if (!entry) throw invalid(key, 'is not known here: GET backends/spec lists all keys');
    if (entry.immutable) throw invalid(key, 'cannot be changed');
    if (value === undefined) throw invalid(key, 'has no value');
    const change = CHANGES.get(key) ?? (key.startsWith('options.') ? changeOption : changePlace);
    reading = change(reading, key, value);
  }
  return reading;
}

function placeText(key: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && (key === 'user' || key === 'uuid')) return String(value);
  throw invalid(key, 'must be a text');
}

function markOf(key: string, value: unknown): Instant | null {
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e11) return fromUnix(value);
  throw invalid(key, 'must be Unix seconds, or null');
}

/** An option of one backend as `option` sets it. Throws `invalid` for a key that is no option. */
export function optionPatch(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return optionsOf({ [key]: value });
}

/** A server that cannot be asked is here a fault of what was typed in: the page knows no other. */
export async function asInput<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isUpstreamFault(error) ? inputFault(error) : error;
  }
}

function inputFault(cause: AppError): AppError {
  const { message, details, faults } = cause;
  return new AppError('invalid', message, { cause, details, faults: faults.length > 0 ? faults : [{ field: 'url', message }] });
}
