import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { invalid } from '#kernel/app-error.ts';

/** Whose setting it is: one for all, one for each person, or one for each server account. */
export type SettingScope = 'house' | 'person' | 'account';

/** One setting. Its value is JSON. */
export type SettingDefinition<T = unknown> = Readonly<{
  /** In dots, lower case: `watch-sync.replay`. It never changes once released. */
  key: string;
  schema: TSchema;
  default: T;
  scope: SettingScope;
  /** Stored encrypted, never shown. */
  secret: boolean;
  /** The process reads it at start only. */
  needsRestart: boolean;
  /** One sentence for people. */
  description: string;
  /** Why a value of the right shape is not to be chosen, in words that follow the key. What was stored before is read all the same. */
  refusal?(value: T): string | undefined;
}>;

const KEY = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** Declares a setting. A malformed key or a default that its own schema refuses throws at once: that is our fault, not a user's. */
export function defineSetting<Schema extends TSchema>(
  definition: Readonly<{
    key: string;
    schema: Schema;
    default: Static<Schema>;
    scope: SettingScope;
    secret?: boolean;
    needsRestart?: boolean;
    description: string;
    refusal?(value: Static<Schema>): string | undefined;
  }>,
): SettingDefinition<Static<Schema>> {
  if (!KEY.test(definition.key)) throw new Error(`The setting key ${definition.key} is malformed.`);
  checkValue(definition, definition.default);
  return { ...definition, secret: definition.secret ?? false, needsRestart: definition.needsRestart ?? false };
}

/** Throws `invalid` naming the key, and the member below it where there is one. The value itself is not repeated: it may be a secret. */
export function checkValue(definition: Readonly<{ key: string; schema: TSchema }>, value: unknown): void {
  if (Value.Check(definition.schema, value)) return;
  const [first] = Value.Errors(definition.schema, value);
  throw invalid(`${definition.key}${(first?.instancePath ?? '').replaceAll('/', '.')}`, first?.message ?? 'is not of the right kind');
}

/** The same for a value that somebody chooses now. */
export function checkChoice(definition: SettingDefinition, value: unknown): void {
  checkValue(definition, value);
  const refused = definition.refusal?.(value);
  if (refused !== undefined) throw invalid(definition.key, refused);
}

/** A value from an environment variable: text where the schema takes the text as it is, else JSON. Throws `invalid`. */
export function parseText(definition: SettingDefinition, text: string): unknown {
  const value = Value.Check(definition.schema, text) ? text : jsonOf(text);
  checkValue(definition, value);
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
