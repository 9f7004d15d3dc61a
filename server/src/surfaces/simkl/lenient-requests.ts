import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import { jsonParserOf } from '#platform/http-server/index.ts';
import { callerIfAny, requireWrite } from './simkl.auth.ts';

const MIB = 1_048_576;
const JSON_TYPE = 'application/json';
/** Forms are looked for where apps send them. */
const LOOKS_LIKE_JSON = /^\s*(?:[[{"]|-?\d|true\b|false\b|null\b)/;

type Scope = Pick<
  FastifyInstance,
  'addHook' | 'addContentTypeParser' | 'getDefaultJsonParser' | 'removeAllContentTypeParsers' | 'initialConfig'
>;

/**
 * Takes what real apps send, within this plugin: JSON whatever its type is called (one says `application-json`), forms, an empty body
 * for no body, and a body on a GET.
 */
export function acceptWhatAppsSend(app: Scope): void {
  const parseJson = jsonParserOf(app);
  const parse = (request: FastifyRequest, text: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const body = text.replace(/^\uFEFF/, '');
      if (body.trim() === '') resolve(undefined);
      else if (!LOOKS_LIKE_JSON.test(body) && body.includes('=')) resolve(Object.fromEntries(new URLSearchParams(body)));
      else void parseJson(request, body, (error, value) => (error ? reject(error) : resolve(value)));
    });

  // The framework refuses a type that is none before any parser is asked.
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.headers['content-type'] !== undefined) raw.headers['content-type'] = JSON_TYPE;
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('*', { parseAs: 'string' }, (request: FastifyRequest, body: string) => parse(request, body));
  app.addHook('preValidation', async (request) => {
    if (request.method !== 'GET' || request.is404) return;
    const text = await textOfGet(request);
    if (text.trim() === '') return;
    // The rule of the second generation: whatever comes with a body is meant to change something.
    if (callerIfAny(request)?.generation === 2) requireWrite(request);
    request.body = await parse(request, text);
  });
}

/** A GET's body, which the framework leaves unread. */
async function textOfGet({ raw }: FastifyRequest): Promise<string> {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = raw.headers;
  if (encoding === undefined && Number(length) === 0) return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MIB) throw new AppError('too-large', 'The body is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A text among the members of what was sent, wherever it stands: `''` and other kinds count as not sent. */
export function memberText(source: unknown, name: string): string | undefined {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return undefined;
  const value: unknown = (source as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
