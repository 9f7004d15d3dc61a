import type { DeskInput } from '#core/requests/index.ts';
import { AppError, type FieldFault } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import type { ReplicationOption } from './replication-settings.ts';

export type DumbDesk = DeskInput & Readonly<{ name: string; place: 'internal' | 'external' }>;

/** What the Seerr part of a dumb_config.json says. */
export type DumbConfig = Readonly<{
  desks: readonly DumbDesk[];
  options: Readonly<Partial<Record<ReplicationOption, unknown>>>;
  /** What was left out, and what is still to be entered, for people. */
  notes: readonly string[];
}>;

export type DumbContext = Readonly<{
  /** API keys of internal instances by name: the file only says where they are kept. */
  keys: Readonly<Record<string, string>>;
  /** Where the instances of that host are reached, without port. */
  host: string;
}>;

const OPTIONS: readonly ReplicationOption[] = [
  'sync_pending',
  'sync_approved',
  'sync_declined',
  'sync_deletes',
  'sync_4k_separately',
  'user_mapping',
  'pending_user',
  'retry_failed_after_hours',
];

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Reads `seerr.instances` and `seerr_sync`. Throws `invalid` with every fault of form; what the desks are together is for others to judge. Pure. */
export function readDumbConfig(file: unknown, context: DumbContext): DumbConfig {
  if (!isRecord(file))
    throw new AppError('invalid', 'The configuration is no JSON object.', { faults: [{ field: 'config', message: 'must be an object' }] });
  const faults: FieldFault[] = [];
  const notes: string[] = [];
  const sync = recordAt(file, 'seerr_sync', faults);
  const desks = [
    ...internalDesks(recordAt(recordAt(file, 'seerr', faults), 'instances', faults, 'seerr.'), context, faults, notes),
    ...externalPrimary(recordAt(sync, 'external_primary', faults, 'seerr_sync.')),
    ...externalSubordinates(sync.external_subordinates, faults, notes),
  ];
  if (!('seerr' in file) && !('seerr_sync' in file))
    faults.push({ field: 'config', message: 'has neither "seerr" nor "seerr_sync", so there is nothing to take' });
  if (faults.length > 0) throw new AppError('invalid', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
  return { desks: uniquelyNamed(desks), options: optionsIn(sync, notes), notes };
}

function recordAt(of: Readonly<Record<string, unknown>>, name: string, faults: FieldFault[], path = ''): Readonly<Record<string, unknown>> {
  const value = of[name];
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  faults.push({ field: `${path}${name}`, message: 'must be an object' });
  return {};
}

function internalDesks(
  instances: Readonly<Record<string, unknown>>,
  { keys, host }: DumbContext,
  faults: FieldFault[],
  notes: string[],
): readonly DumbDesk[] {
  return Object.entries(instances).flatMap(([name, value]): readonly DumbDesk[] => {
    const field = `seerr.instances.${name}`;
    if (!isRecord(value)) {
      faults.push({ field, message: 'must be an object' });
      return [];
    }
    const role = textOf(value.sync_role) || 'disabled';
    if (role !== 'disabled' && role !== 'primary' && role !== 'subordinate') {
      faults.push({ field: `${field}.sync_role`, message: 'must be disabled, primary or subordinate' });
      return [];
    }
    if (value.enabled === false) {
      notes.push(`${name} is switched off there and was left out.`);
      return [];
    }
    const apiKey = keys[name];
    if (apiKey === undefined && role !== 'disabled')
      notes.push(`The API key of ${name} is not in this file (${textOf(value.config_file) || 'its settings.json'} has it): enter it.`);
    return [{ name, place: 'internal', role, url: `${host}:${portOf(value.port)}`, ...(apiKey !== undefined && { apiKey }) }];
  });
}

/** Seerr's own, where none is given. */
const portOf = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 ? value : 5_055;

function externalPrimary(primary: Readonly<Record<string, unknown>>): readonly DumbDesk[] {
  if (primary.enabled !== true) return [];
  return [{ name: 'External primary', place: 'external', role: 'primary', ...placeOf(primary) }];
}

function externalSubordinates(value: unknown, faults: FieldFault[], notes: string[]): readonly DumbDesk[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    faults.push({ field: 'seerr_sync.external_subordinates', message: 'must be a list' });
    return [];
  }
  return value.flatMap((one: unknown, index): readonly DumbDesk[] => {
    if (!isRecord(one)) {
      faults.push({ field: `seerr_sync.external_subordinates.${index}`, message: 'must be an object' });
      return [];
    }
    const place = placeOf(one);
    // The form that the file comes with.
    if (place.url === undefined && place.apiKey === undefined) {
      notes.push(`Entry ${index + 1} of the external subordinates is empty and was left out.`);
      return [];
    }
    const label = textOf(one.label);
    const name = label || hostOf(place.url) || `External ${index + 1}`;
    return [{ name, place: 'external', role: 'subordinate', ...place, ...(label !== '' && { label }) }];
  });
}

function placeOf(one: Readonly<Record<string, unknown>>): Pick<DeskInput, 'url' | 'apiKey'> {
  const url = textOf(one.url);
  const apiKey = textOf(one.api_key);
  return { ...(url !== '' && { url }), ...(apiKey !== '' && { apiKey }) };
}

const hostOf = (url: string | undefined): string => (url !== undefined && URL.canParse(url) ? new URL(url).host : '');

function uniquelyNamed(desks: readonly DumbDesk[]): readonly DumbDesk[] {
  const taken = new Set<string>();
  return desks.map((desk) => {
    let name = desk.name;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${desk.name} ${number}`;
    taken.add(name.toLowerCase());
    return { ...desk, name };
  });
}

function optionsIn(sync: Readonly<Record<string, unknown>>, notes: string[]): DumbConfig['options'] {
  const own = isRecord(sync.options) ? sync.options : {};
  const known = [
    ...(['enabled', 'poll_interval_seconds'] as const).map((name) => [name, sync[name]] as const),
    ...OPTIONS.map((name) => [name, own[name]] as const),
  ];
  const strange = Object.keys(own).filter((name) => !(OPTIONS as readonly string[]).includes(name));
  if (strange.length > 0) notes.push(`Options that mean nothing here: ${strange.join(', ')}.`);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined && value !== null));
}
