import type { FastifyInstance } from 'fastify';
import { invalid } from '#kernel/app-error.ts';

// Structural, since an instance with a type provider of its own is no plain FastifyInstance.
type Scope = Pick<
  FastifyInstance,
  'addContentTypeParser' | 'getDefaultJsonParser' | 'removeAllContentTypeParsers' | 'removeContentTypeParser'
>;

/** Far more than anybody's data needs, and far less than what fills the stack of whoever walks through it. */
const DEEPEST = 100;

const STEPS: ReadonlyMap<string, number> = new Map(Object.entries({ '[': 1, '{': 1, ']': -1, '}': -1 }));

/** Lists and objects within each other; what stands in a text counts for nothing. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charAt(at);
    if (isText && sign === '\\') at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText) depth += STEPS.get(sign) ?? 0;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The framework's parser of JSON, for bodies of a depth that all of us can walk through. Fails with `invalid`. */
export function jsonParserOf(app: Pick<Scope, 'getDefaultJsonParser'>): ReturnType<Scope['getDefaultJsonParser']> {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request, body, done) => {
    if (isTooDeep(body)) return done(invalid('body', `must not be nested deeper than ${DEEPEST} levels`));
    return parse(request, body, done);
  };
}

/** JSON is parsed where the sender says that it is JSON; an empty body is no body, whatever it is called. */
export function acceptJson(app: Scope): void {
  const parse = jsonParserOf(app);
  app.removeAllContentTypeParsers();
  for (const type of ['application/json', /^application\/[\w.+-]+\+json(;|$)/] as const) {
    app.addContentTypeParser<string>(type as string, { parseAs: 'string' }, (request, body, done) => {
      if (body.trim() === '') done(null, undefined);
      else void parse(request, body, done);
    });
  }
  app.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body.trim() === '') done(null, undefined);
    else done(invalid('header content-type', 'must be application/json'));
  });
}

/**
 * For a surface whose senders say `text/plain` and mean JSON (Jellyfin's webhook plugin does), within that surface alone. A text
 * that is no JSON arrives as the text.
 */
export function acceptJsonAsText(app: Scope): void {
  const parse = jsonParserOf(app);
  app.addContentTypeParser<string>('text/plain', { parseAs: 'string' }, (request, body, done) => {
    if (/^\s*[[{]/.test(body)) void parse(request, body, done);
    else done(null, body.trim() === '' ? undefined : body);
  });
}
