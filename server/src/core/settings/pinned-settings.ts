import { AppError, type FieldFault, isAppError } from '#kernel/app-error.ts';
import { checkValue, parseText, type SettingDefinition } from './setting-definition.ts';

/** What a file or the environment holds fast, by key. Only settings of the house can be pinned. */
export type PinnedSource = Readonly<{
  /** As people know it: the path of the file, `environment`. */
  name: string;
  /** `text` values are parsed by the setting's schema; others are taken as they are. */
  kind: 'text' | 'json';
  values: Readonly<Record<string, unknown>>;
}>;

export type Pinned = Readonly<{ value: unknown; source: 'file' | 'environment'; place: string }>;

function pinnedValue(definition: SettingDefinition | undefined, source: PinnedSource, key: string): unknown {
  if (!definition) throw new AppError('invalid', `${key}: there is no such setting`);
  if (definition.scope !== 'house') throw new AppError('invalid', `${key}: only settings of the whole house can be set there`);
  const given = source.values[key];
  if (source.kind === 'text' && typeof given === 'string') return parseText(definition, given);
  checkValue(definition, given);
  return given;
}

/** The environment wins over the file. Throws `misconfigured` with all faults of both. */
export function readPinned(
  definitions: ReadonlyMap<string, SettingDefinition>,
  sources: Readonly<{ file?: PinnedSource; environment?: PinnedSource }>,
): ReadonlyMap<string, Pinned> {
  const pinned = new Map<string, Pinned>();
  const faults: FieldFault[] = [];
  const take = (kind: Pinned['source'], source: PinnedSource, key: string): void => {
    try {
      pinned.set(key, { value: pinnedValue(definitions.get(key), source, key), source: kind, place: source.name });
    } catch (error) {
      if (!isAppError(error, 'invalid')) throw error;
      faults.push({ field: key, message: `${error.message} (${source.name})` });
    }
  };
  for (const kind of ['file', 'environment'] as const) {
    const source = sources[kind] ?? { name: kind, kind: 'json', values: {} };
    const given = Object.keys(source.values).filter((key) => source.values[key] !== undefined);
    for (const key of given) take(kind, source, key);
  }
  if (faults.length === 0) return pinned;
  throw new AppError('misconfigured', `Settings that cannot be used: ${faults.map((fault) => fault.message).join('; ')}.`, { faults });
}
