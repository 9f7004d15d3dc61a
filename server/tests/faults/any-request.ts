import { isRecord } from '#kernel/json.ts';
import { fc } from '#tests/support/properties.ts';

export type Route = Readonly<{ method: string; path: string }>;
export type AnyRequest = Readonly<{
  url: string;
  headers: Readonly<Record<string, string>>;
  payload?: string;
}>;

const LINE = /^([│ ]*)(?:├──|└──) (.*?) \(([A-Z, ]+)\)$/;

/** Every route that a Fastify server has, from the tree that it prints of itself. HEAD goes with GET. */
export function routesOf(tree: string): readonly Route[] {
  const routes: Route[] = [];
  const above: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', piece = '', methods = ''] = LINE.exec(line) ?? [];
    if (piece === '') continue;
    const depth = indent.length / 4;
    above.length = depth;
    above.push(piece);
    // The tree leaves out the slash before a wildcard.
    const path = above
      .join('')
      .replaceAll(/\/{2,}/g, '/')
      .replace(/([^/])\*$/, '$1/*');
    for (const method of methods.split(', ')) if (method !== 'HEAD') routes.push({ method, path });
  }
  return routes;
}

// What breaks programs: nothing, too much, other alphabets, other kinds, what JavaScript and SQL take for their own.
const ODD_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1',
  '2',
  '1.5',
  '1e309',
  '9007199254740993',
  'NaN',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  "'; drop table play; --",
  '../../etc/passwd',
  '%00',
  '%',
  '\u0000',
  '\ud800',
  '💥',
  'ﷺ',
  'x'.repeat(600),
  '2024-13-45T99:99:99Z',
  '/[/',
  '(?<',
];

const oddText = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.constantFrom(...known), fc.string({ unit: 'binary', maxLength: 20 }));

/** JSON of any kind, with the odd texts in it. */
const oddJson = (known: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    oddText(known),
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER + 3, [], {}, [null], [[]]),
    fc.dictionary(fc.constantFrom('id', 'name', 'type', 'url', '__proto__', 'options'), oddText(known), { maxKeys: 3 }),
  );

/** A value that fits the schema, as far as the schema is one of those that routes have; else anything. */
function fitting(schema: unknown, known: readonly string[]): fc.Arbitrary<unknown> {
  if (!isRecord(schema)) return oddJson(known);
  if ('const' in schema) return fc.constant(schema.const);
  const { anyOf, enum: choices, type } = schema;
  if (Array.isArray(choices) && choices.length > 0) return fc.constantFrom(...(choices as unknown[]));
  if (Array.isArray(anyOf) && anyOf.length > 0) return fc.oneof(...anyOf.map((one) => fitting(one, known)));
  switch (type) {
    case 'string':
      return oddText(known);
    case 'integer':
      return fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger());
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(schema.items, known), { maxLength: 4 });
    case 'object':
      return fittingObject(schema, known);
    default:
      return oddJson(known);
  }
}

function fittingObject({ properties }: Readonly<Record<string, unknown>>, known: readonly string[]): fc.Arbitrary<unknown> {
  if (!isRecord(properties)) return oddJson(known);
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      [name, fc.oneof({ arbitrary: fitting(schema, known), weight: 4 }, { arbitrary: oddJson(known), weight: 1 })] as const,
  );
  const shape = Object.fromEntries(members);
  return fc.oneof(fc.record(shape, { requiredKeys: [] }), fc.record(shape));
}

export type Operation = Readonly<{
  parameters?: readonly Readonly<{ name: string; in: string; schema?: unknown }>[];
  requestBody?: Readonly<{ content?: Readonly<Record<string, Readonly<{ schema?: unknown }>>> }>;
}>;

/** Requests for one route: half of them nearly right, the others nonsense. `known` are names and ids that the house really has. */
export function anyRequest({ method, path }: Route, operation: Operation | undefined, known: readonly string[]): fc.Arbitrary<AnyRequest> {
  const parts = [...path.matchAll(/:(\w+)|\*/g)];
  const segments = fc.tuple(...parts.map(() => fc.oneof(fc.constantFrom(...known), oddText(known))));
  const queryNames = (operation?.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name);
  const name = queryNames.length === 0 ? oddText(known) : fc.oneof(fc.constantFrom(...queryNames), oddText(known));
  const query = fc.array(fc.tuple(name, oddText(known)), { maxLength: 4 });
  const [body] = Object.values(operation?.requestBody?.content ?? {});
  const json = fc.oneof(fitting(body?.schema, known), oddJson(known)).map((value) => JSON.stringify(value) ?? 'null');
  const takesBody = method !== 'GET';
  const payload = takesBody
    ? fc.option(fc.oneof({ arbitrary: json, weight: 8 }, { arbitrary: oddText(known), weight: 1 }), { nil: undefined })
    : fc.constant(undefined);
  const contentType = fc.oneof(
    { arbitrary: fc.constant('application/json'), weight: 8 },
    {
      arbitrary: fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'nonsense'),
      weight: 1,
    },
  );
  return fc.record({ segments, query, payload, contentType }).map((given) => {
    let next = 0;
    const url = path.replaceAll(/:(\w+)|\*/g, () => {
      const segment = given.segments[next] ?? '';
      next += 1;
      return encoded(segment);
    });
    const search = given.query.map(([key, value]) => `${encoded(key)}=${encoded(value)}`).join('&');
    return {
      url: search === '' ? url : `${url}?${search}`,
      headers: given.payload === undefined ? {} : { 'content-type': given.contentType },
      ...(given.payload !== undefined && { payload: given.payload }),
    };
  });
}

/** A text with half a surrogate pair has no form in a URL: it goes as what senders make of it. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
