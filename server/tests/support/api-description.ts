import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Exchange } from './recording-proxy.ts';

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an API description says of one call. */
type Operation = Readonly<{ path: string; pointer: string; node: Node }>;

/** Members that say nothing about a value, or that servers do not keep to: see KNOWN-DRIFT beside the descriptions. */
const DROPPED = new Set([
  'format',
  'example',
  'examples',
  'discriminator',
  'xml',
  'deprecated',
  'externalDocs',
  'readOnly',
  'writeOnly',
  'pattern',
]);

/** A description's schemas as JSON Schema: `nullable` becomes a null beside the rest, and more members than described are welcome. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaOf);
  if (!isNode(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, member]) =>
      !(DROPPED.has(name) && !isNode(member)) &&
      name !== 'nullable' &&
      !(name === 'additionalProperties' && member === false) &&
      !name.startsWith('x-'),
  );
  const schema = Object.fromEntries(kept.map(([name, member]) => [name, schemaOf(member)]));
  return value.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

const escapePointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

export type ApiDescription = ReturnType<typeof readDescription>;

/** An OpenAPI file, by which calls are checked. `base`: what stands before its paths on the wire. */
export function readDescription(file: string, name: string, base = '') {
  const source = JSON.parse(readFileSync(file, 'utf8')) as Node;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, coerceTypes: false });
  ajv.addSchema({ ...(schemaOf(source) as Node), $id: name });
  const lenient = new Ajv2020({ strict: false, validateFormats: false, coerceTypes: 'array' });
  lenient.addSchema({ ...(schemaOf(source) as Node), $id: name });
  const compiled = new Map<string, ValidateFunction>();

  const at = (pointer: string): unknown =>
    pointer
      .replace(/^#\//, '')
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((node, part) => (isNode(node) ? node[part] : Array.isArray(node) ? node[Number(part)] : undefined), source);

  const resolved = (value: unknown): Node =>
    isNode(value) && typeof value.$ref === 'string' ? resolved(at(value.$ref)) : isNode(value) ? value : {};

  function check(pointer: string, value: unknown, how: 'strict' | 'text' = 'strict'): string | undefined {
    const key = `${how} ${pointer}`;
    const validator = compiled.get(key) ?? (how === 'text' ? lenient : ajv).compile({ $ref: `${name}${pointer}` });
    compiled.set(key, validator);
    const holder = { value: structuredClone(value) };
    if (validator(holder.value)) return undefined;
    return ajv.errorsText(validator.errors?.slice(0, 4), { dataVar: 'value' });
  }

  const paths = Object.keys((source.paths ?? {}) as Node)
    .map((path) => ({ path, parts: path.replace(/(.)\/$/, '$1').split('/'), open: (path.match(/\{/g) ?? []).length }))
    .sort((one, other) => one.open - other.open);

  function find(method: string, sent: string): Operation | undefined {
    if (!sent.startsWith(base)) return undefined;
    const parts = (sent.slice(base.length) || '/').split('/');
    const fits = (own: readonly string[]): boolean =>
      own.length === parts.length && own.every((part, index) => part.includes('{') || part.toLowerCase() === parts[index]?.toLowerCase());
    const found = paths
      .filter((each) => fits(each.parts))
      .map(({ path }) => ({ path, item: resolved((source.paths as Node)[path]) }))
      .find(({ item }) => isNode(item[method]));
    if (found === undefined) return undefined;
    const { path, item } = found;
    return { path, pointer: `#/paths/${escapePointer(path)}/${method}`, node: item[method] as Node };
  }

  /** Pointers of the parameters of an operation, references followed. */
  function parametersOf(operation: Operation): readonly Readonly<{ node: Node; pointer: string }>[] {
    const own = Array.isArray(operation.node.parameters) ? operation.node.parameters : [];
    return own.map((value: unknown, index) => {
      const reference = isNode(value) && typeof value.$ref === 'string' ? value.$ref : `${operation.pointer}/parameters/${index}`;
      return { node: resolved(value), pointer: reference };
    });
  }

  function checkValue({ node, pointer }: Readonly<{ node: Node; pointer: string }>, texts: readonly string[]): string | undefined {
    if (!isNode(node.schema)) return undefined;
    const schema = resolved(node.schema);
    const types = [schema.type].flat();
    const value = types.includes('array') ? texts.flatMap((text) => text.split(',')) : texts.at(-1);
    return check(`${pointer}/schema`, value, 'text');
  }

  function faultsOfQuery(operation: Operation, query: URLSearchParams): readonly string[] {
    const parameters = parametersOf(operation);
    // A container of filters stands for any field of the library (Plex: `mediaQuery`).
    const open = parameters.some(({ node }) => node.name === 'mediaQuery');
    const named = (sent: string) =>
      parameters.find(({ node }) => node.in !== 'path' && String(node.name).toLowerCase() === sent.toLowerCase());
    const sent = [...new Set(query.keys())];
    const given = new Set(sent.map((name) => name.toLowerCase()));
    const missing = parameters.filter(
      ({ node }) => node.required === true && node.in === 'query' && !given.has(String(node.name).toLowerCase()),
    );
    return [
      ...sent.filter((name) => !named(name) && !open).map((name) => `the query "${name}" is not described`),
      ...sent.flatMap((name) => {
        const known = named(name);
        const fault = known && checkValue(known, query.getAll(name));
        return fault ? [`the query "${name}": ${fault}`] : [];
      }),
      ...missing.map(({ node }) => `the query "${String(node.name)}" is missing`),
    ];
  }

  /** Where the schema of the JSON among these contents stands; undefined where there is none. */
  function jsonSchemaAt(owner: unknown, pointer: string): string | undefined {
    const { content } = resolved(owner);
    if (!isNode(content)) return undefined;
    const type = Object.keys(content).find((each) => each.includes('json'));
    if (type === undefined || !isNode(content[type]) || !('schema' in content[type])) return undefined;
    const place = isNode(owner) && typeof owner.$ref === 'string' ? owner.$ref : pointer;
    return `${place}/content/${escapePointer(type)}/schema`;
  }

  function faultOfBody({ node, pointer }: Operation, body: string): string | undefined {
    const described = resolved(node.requestBody);
    if (body === '') return described.required === true ? 'the body is missing' : undefined;
    if (node.requestBody === undefined) return 'a body is not described';
    const schema = jsonSchemaAt(node.requestBody, `${pointer}/requestBody`);
    const fault = schema && check(schema, JSON.parse(body));
    return fault ? `the body: ${fault}` : undefined;
  }

  return {
    name,
    /** Undefined where the description does not know the call; else all that is wrong with what was sent. */
    faultsOfRequest({ method, path, query, body }: Pick<Exchange, 'method' | 'path' | 'query' | 'body'>): readonly string[] | undefined {
      const operation = find(method, path);
      if (operation === undefined) return undefined;
      const fault = faultOfBody(operation, body);
      return [...faultsOfQuery(operation, query), ...(fault === undefined ? [] : [fault])];
    },

    /** Undefined where the description says nothing of such an answer, `fine` where the answer is as described. */
    faultOfReply({ method, path, status, type, reply }: Exchange): string | undefined {
      const operation = find(method, path);
      const responses = operation && isNode(operation.node.responses) ? operation.node.responses : {};
      const response = responses[String(status)];
      if (operation === undefined || response === undefined) return undefined;
      if (resolved(response).content === undefined) return 'fine';
      const schema = jsonSchemaAt(response, `${operation.pointer}/responses/${status}`);
      return schema === undefined || !type.includes('json') ? undefined : (check(schema, JSON.parse(reply)) ?? 'fine');
    },
  };
}
