import { Value } from 'typebox/value';
import type { ActorRef } from '#core/activity/index.ts';
import { type Desk, type Desks, labelOf } from '#core/requests/index.ts';
import type { SettingDefinition, Settings } from '#core/settings/index.ts';
import { AppError, type FieldFault } from '#kernel/app-error.ts';
import { type DumbContext, type DumbDesk, readDumbConfig } from './read-dumb-config.ts';
import { REPLICATION, type ReplicationOption } from './replication-settings.ts';

export type ReplicationOptions = Readonly<Record<ReplicationOption, unknown>>;

export type ConfigView = Readonly<{ options: ReplicationOptions; desks: readonly Desk[]; faults: readonly FieldFault[] }>;

export type ConfigImport = Readonly<{
  /** Labels, with what happened, or would. */
  desks: readonly Readonly<{ label: string; role: string; outcome: 'added' | 'changed' | 'same' }>[];
  options: readonly ReplicationOption[];
  notes: readonly string[];
  /** What is wrong with the desks as they are then: nothing is replicated before it is mended. */
  faults: readonly FieldFault[];
}>;

export type ConfigVerbs = Readonly<{
  view(): Promise<ConfigView>;
  /** Sets the options given, by the names that their users know. Throws `invalid` with every fault, and then sets none. */
  setOptions(options: Readonly<Record<string, unknown>>, actor: ActorRef): Promise<ReplicationOptions>;
  /** Takes over the Seerr part of a dumb_config.json; safe to run twice. Throws `invalid` with every fault of form, and then takes nothing. */
  importDumb(file: unknown, context: DumbContext, how: Readonly<{ actor: ActorRef; dryRun?: boolean }>): Promise<ConfigImport>;
}>;

const NAMES = Object.keys(REPLICATION) as ReplicationOption[];
const isOption = (name: string): name is ReplicationOption => Object.hasOwn(REPLICATION, name);

function optionFaults(options: Readonly<Record<string, unknown>>): readonly FieldFault[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (!isOption(name)) return [{ field: name, message: `is no option; there is ${NAMES.join(', ')}` }];
    const { schema } = REPLICATION[name];
    if (Value.Check(schema, value)) return [];
    const [first] = Value.Errors(schema, value);
    return [{ field: name, message: first?.message ?? 'is not of the right kind' }];
  });
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new AppError('invalid', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
}

export function createConfigVerbs({ settings, desks }: Readonly<{ settings: Settings; desks: Desks }>): ConfigVerbs {
  async function readOptions(): Promise<ReplicationOptions> {
    const read: [ReplicationOption, unknown][] = [];
    for (const name of NAMES) read.push([name, await settings.get(REPLICATION[name] as SettingDefinition)]);
    return Object.fromEntries(read) as ReplicationOptions;
  }

  async function setOptions(options: Readonly<Record<string, unknown>>, actor: ActorRef): Promise<ReplicationOptions> {
    refuse(optionFaults(options));
    const before = await readOptions();
    for (const [name, value] of Object.entries(options)) {
      if (isOption(name) && before[name] !== value) await settings.set(REPLICATION[name] as SettingDefinition, value, { actor });
    }
    return readOptions();
  }

  /** The desk that an entry of the file is about, where we have it: an external one by its address, else by name. */
  async function known({ place, name, url }: DumbDesk): Promise<Desk | undefined> {
    const byUrl = place === 'external' && url !== undefined ? await desks.byLabel(url) : undefined;
    return byUrl ?? (await desks.list()).find((desk) => desk.place === place && desk.name === name);
  }

  async function takeDesk(given: DumbDesk, dryRun: boolean): Promise<ConfigImport['desks'][number]> {
    const { name, place, label = null, url = '', role = 'disabled', apiKey } = given;
    const about = { label: labelOf({ place, name, label: label ?? undefined, url }), role };
    const desk = await known(given);
    if (desk === undefined) {
      if (!dryRun) await desks.create(given, { incomplete: true });
      return { ...about, outcome: 'added' };
    }
    // The key of the file may be another than ours, and cannot be compared: it is taken.
    if (apiKey === undefined && desk.role === role && (desk.label ?? null) === label) return { ...about, outcome: 'same' };
    // An address that moves needs its key with it; without one the stored address stays.
    const keyed = apiKey === undefined ? {} : { apiKey, url };
    if (!dryRun) await desks.update(desk.id, { role, ...(place === 'external' && { label }), ...keyed }, { incomplete: true });
    return { ...about, outcome: 'changed' };
  }

  return {
    async view() {
      return { options: await readOptions(), desks: await desks.list(), faults: await desks.faults() };
    },
    setOptions,
    async importDumb(file, context, { actor, dryRun = false }) {
      const read = readDumbConfig(file, context);
      refuse(optionFaults(read.options));
      const taken: ConfigImport['desks'][number][] = [];
      for (const desk of read.desks) taken.push(await takeDesk(desk, dryRun));
      if (!dryRun) await setOptions(read.options, actor);
      return { desks: taken, options: Object.keys(read.options) as ReplicationOption[], notes: read.notes, faults: await desks.faults() };
    },
  };
}
