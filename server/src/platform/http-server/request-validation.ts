import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Value } from 'typebox/value';
import { AppError, type FieldFault } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';

type SchemaError = Readonly<{ keyword: string; instancePath: string; params: object; message: string }>;

const MOST_FAULTS = 20;

/**
 * Checks what comes in against the route's schema. A body is taken as it is; query, path and headers are texts, and become
 * the numbers and booleans that the schema asks for where they are written as such (`1.5` is no whole number, `` is none at
 * all). Defaults are filled in, nothing is removed. What does not fit is an AppError `invalid` that names the fields.
 * The check is made when the first request comes: those of all routes together would hold up each start.
 */
export const requestValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let made: Validator | undefined;
  return (given: unknown) => {
    made ??= Compile(schema);
    const check = made;
    const read = httpPart === 'body' ? given : coerceMembers(schema, given);
    const value: unknown = Value.Default(schema, read);
    if (check.Check(value)) return { value };
    return { error: unfit(check.Errors(value) as SchemaError[], httpPart ?? 'body') };
  };
};

function unfit(errors: readonly SchemaError[], part: string): AppError {
  const byField = new Map<string, SchemaError[]>();
  for (const error of errors) {
    for (const path of pathsOf(error)) {
      const field = fieldName(path, part);
      byField.set(field, [...(byField.get(field) ?? []), error]);
    }
  }
  const faults: FieldFault[] = [...byField].slice(0, MOST_FAULTS).map(([field, about]) => ({ field, message: sentenceOf(about) }));
  return new AppError('invalid', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
}

/** A missing member is the fault of that member, not of the object that lacks it. */
function pathsOf({ keyword, instancePath, params }: SchemaError): string[] {
  const missing = keyword === 'required' && 'requiredProperties' in params ? params.requiredProperties : undefined;
  return Array.isArray(missing) ? missing.map((name) => `${instancePath}/${String(name)}`) : [instancePath];
}

const PREFIX: Readonly<Record<string, string>> = { querystring: '?', headers: 'header ' };

function fieldName(path: string, part: string): string {
  const name = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
  return name === '' ? part : `${PREFIX[part] ?? ''}${name}`;
}

function sentenceOf(errors: readonly SchemaError[]): string {
  const allowed = errors.flatMap(({ keyword, params }) =>
    keyword === 'const' && 'allowedValue' in params ? [String(params.allowedValue)] : [],
  );
  if (allowed.length > 0) return `must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`;
  if (errors.some(({ keyword }) => keyword === 'required')) return 'is missing';
  if (errors.some(({ keyword }) => keyword === 'additionalProperties' || keyword === 'boolean')) return 'is not known here';
  return errors[0]?.message ?? 'cannot be used';
}

function coerceMembers(schema: TSchema, given: unknown): unknown {
  const properties = 'properties' in schema && isRecord(schema.properties) ? schema.properties : {};
  if (!isRecord(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, coerce(properties[name], value)]));
}

const WHOLE = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
]);

/** The value that a text stands for, or the text itself where it stands for none: the check then says what is wrong. */
function coerce(schema: unknown, value: unknown): unknown {
  if (!isRecord(schema)) return value;
  if (schema.type === 'array') return (Array.isArray(value) ? value : [value]).map((one) => coerce(schema.items, one));
  if (typeof value !== 'string') return value;
  const variants = schema.anyOf;
  if (Array.isArray(variants)) return variants.map((variant) => coerce(variant, value)).find((read) => read !== value) ?? value;
  if (schema.type === 'integer' && WHOLE.test(value)) return Number(value);
  if (schema.type === 'number' && DECIMAL.test(value)) return Number(value);
  if (schema.type === 'boolean') return BOOLEANS.get(value.toLowerCase()) ?? value;
  return value;
}
