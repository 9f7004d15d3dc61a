import type { FastifyInstance } from 'fastify';
import { invalid } from '#kernel/app-error.ts';

// Structural, since an instance with a type provider of its own is no plain FastifyInstance.
type Scope = Pick<
  FastifyInstance,
  'addContentTypeParser' | 'getDefaultJsonParser' | 'removeAllContentTypeParsers' | 'removeContentTypeParser'
>;

/** JSON is parsed where the sender says that it is JSON; an empty body is no body, whatever it is called. */
export function acceptJson(app: Scope): void {
  const parse = app.getDefaultJsonParser('error', 'error');
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
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('text/plain', { parseAs: 'string' }, (request, body, done) => {
    if (/^\s*[[{]/.test(body)) void parse(request, body, done);
    else done(null, body.trim() === '' ? undefined : body);
  });
}
