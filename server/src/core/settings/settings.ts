import type { ActorRef } from '#core/activity/index.ts';
import { AppError, invalid, messageOf } from '#kernel/app-error.ts';
import type { AccountId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { type PinnedSource, readPinned } from './pinned-settings.ts';
import { checkChoice, checkValue, type SettingDefinition, type SettingScope } from './setting-definition.ts';
import { createSettingsStore, type Database, type StoredChange } from './settings.store.ts';

/** Whose: required for settings of a person or an account, absent for those of the house. */
export type SettingSubject = PersonId | AccountId;

/**
 * Who changes a setting and whose. With `scope` only a setting of that scope is found: whoever may decide for one person must reach
 * neither the house nor an account whose id happens to be that person's.
 */
export type SettingBy = Readonly<{ actor: ActorRef; subject?: SettingSubject; scope?: SettingScope }>;

export type SettingView = Readonly<{
  key: string;
  /** Undefined for a secret: `isSet` tells whether there is one. */
  value: unknown;
  isSet: boolean;
  default: unknown;
  source: 'default' | 'stored' | 'file' | 'environment';
  /** Where a pinned value is written; only there can it be changed. */
  pinnedAt: string | undefined;
  readOnly: boolean;
  /** What is stored is no value that this release takes; reading the setting fails until it is set again. */
  broken: boolean;
  scope: SettingScope;
  secret: boolean;
  needsRestart: boolean;
  description: string;
  schema: SettingDefinition['schema'];
}>;

/** `value` is undefined for a secret, and where the change took the stored value away (`reset`). */
export type SettingChange = Readonly<{ value: unknown; reset: boolean; at: Instant; actor: ActorRef }>;

export type SettingsDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Pick<Secrets, 'encrypt' | 'decrypt'>;
  /** Every setting there is. */
  definitions: readonly SettingDefinition[];
  file?: PinnedSource;
  environment?: PinnedSource;
}>;

export type Settings = Readonly<{
  /** The value that holds now. Throws `misconfigured` where what is stored is no value that this release takes. */
  get<T>(definition: SettingDefinition<T>, subject?: SettingSubject): Promise<T>;
  /** By definition or key. Throws `invalid` naming the key, `forbidden` where it is pinned, `not-found` for an unknown key. */
  set(setting: SettingDefinition | string, value: unknown, by: SettingBy): Promise<void>;
  /** Back to the default. Throws as `set` does. */
  reset(setting: SettingDefinition | string, by: SettingBy): Promise<void>;
  /** All settings of the scope, by key. */
  list(scope: SettingScope, subject?: SettingSubject): Promise<readonly SettingView[]>;
  /** Newest first. */
  history(
    key: string,
    page: Readonly<{ offset: number; limit: number }>,
    whose?: Omit<SettingBy, 'actor'>,
  ): Promise<Readonly<{ changes: readonly SettingChange[]; total: number }>>;
}>;

const HOUSE = 0;

const unusable = (key: string, cause: unknown): AppError =>
  new AppError(
    'misconfigured',
    `The stored setting ${key} cannot be used (${messageOf(cause)}). Set it again, or reset it to its default.`,
    {
      cause,
    },
  );

/** The one registry of settings. Order: default, stored, file, environment. Throws `misconfigured` for faults in the pinned ones. */
export function createSettings({ database, clock, secrets, definitions, file, environment }: SettingsDeps): Settings {
  const known = new Map(definitions.map((definition) => [definition.key, definition]));
  if (known.size !== definitions.length) throw new Error('Two settings have the same key.');
  const pinned = readPinned(known, { ...(file && { file }), ...(environment && { environment }) });
  const store = createSettingsStore(database);

  function definitionOf(setting: SettingDefinition | string, scope?: SettingScope): SettingDefinition {
    const key = typeof setting === 'string' ? setting : setting.key;
    const definition = known.get(key);
    if (!definition) throw new AppError('not-found', `There is no setting ${key}.`);
    if (scope !== undefined && scope !== definition.scope) {
      throw new AppError('not-found', `There is no setting ${key} of one ${scope}: it is one of the ${definition.scope}.`);
    }
    return definition;
  }

  function subjectOf(definition: SettingDefinition, subject: SettingSubject | undefined): number {
    if (definition.scope === 'house') return HOUSE;
    if (subject === undefined) throw invalid(definition.key, `this is a setting of one ${definition.scope}: say which`);
    return subject;
  }

  const pack = (definition: SettingDefinition, value: unknown): string =>
    definition.secret ? secrets.encrypt(JSON.stringify(value)) : JSON.stringify(value);

  function unpack(definition: SettingDefinition, stored: string): unknown {
    try {
      const value: unknown = JSON.parse(definition.secret ? secrets.decrypt(stored) : stored);
      checkValue(definition, value);
      return value;
    } catch (cause) {
      throw unusable(definition.key, cause);
    }
  }

  async function write(setting: SettingDefinition | string, by: SettingBy, value: Readonly<{ to: unknown }> | undefined): Promise<void> {
    const definition = definitionOf(setting, by.scope);
    const pin = pinned.get(definition.key);
    if (pin) throw new AppError('forbidden', `${definition.key} is set in ${pin.place}. Change it there.`);
    if (value) checkChoice(definition, value.to);
    const subject = subjectOf(definition, by.subject);
    const stored = value ? pack(definition, value.to) : null;
    await database.transaction((handle) => createSettingsStore(handle).write(definition.key, subject, stored, by.actor, clock.now()));
  }

  function viewOf(definition: SettingDefinition, stored: string | undefined): SettingView {
    const { schema: _schema, ...plain } = definition;
    const pin = pinned.get(definition.key);
    const read = pin ? { value: pin.value, broken: false } : readForView(definition, stored);
    return {
      ...plain,
      schema: definition.schema,
      value: definition.secret ? undefined : read.value,
      isSet: pin !== undefined || stored !== undefined,
      source: pin?.source ?? (stored === undefined ? 'default' : 'stored'),
      pinnedAt: pin?.place,
      readOnly: pin !== undefined,
      broken: read.broken,
    };
  }

  function readForView(definition: SettingDefinition, stored: string | undefined): Readonly<{ value: unknown; broken: boolean }> {
    if (stored === undefined) return { value: definition.default, broken: false };
    try {
      return { value: unpack(definition, stored), broken: false };
    } catch {
      return { value: undefined, broken: true };
    }
  }

  function changeOf(definition: SettingDefinition, change: StoredChange): SettingChange {
    const shown = definition.secret || change.value === null ? undefined : (JSON.parse(change.value) as unknown);
    return { value: shown, reset: change.value === null, at: change.at, actor: change.actor };
  }

  return {
    async get<T>(definition: SettingDefinition<T>, subject?: SettingSubject): Promise<T> {
      const own = definitionOf(definition);
      const pin = pinned.get(own.key);
      if (pin) return pin.value as T;
      const stored = await store.read(own.key, subjectOf(own, subject));
      return (stored === undefined ? own.default : unpack(own, stored)) as T;
    },

    set: (setting, value, by) => write(setting, by, { to: value }),
    reset: (setting, by) => write(setting, by, undefined),

    async list(scope, subject) {
      const ofScope = [...known.values()].filter((definition) => definition.scope === scope);
      const [first] = ofScope;
      if (!first) return [];
      const stored = await store.readAll(subjectOf(first, subject));
      return ofScope.map((definition) => viewOf(definition, stored.get(definition.key))).sort((a, b) => (a.key < b.key ? -1 : 1));
    },

    async history(key, page, { scope, subject } = {}) {
      const definition = definitionOf(key, scope);
      const { changes, total } = await store.history(key, subjectOf(definition, subject), page);
      return { changes: changes.map((change) => changeOf(definition, change)), total };
    },
  };
}
