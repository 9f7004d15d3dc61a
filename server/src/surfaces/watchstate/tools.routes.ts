import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { Document, isCollection, stringify, visit } from 'yaml';
import type { Activity } from '#core/activity/index.ts';
import { invalid, isUpstreamFault, messageOf } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

export type ToolsRoutesDeps = Readonly<{
  /** See platform/http-client: what it will not ask is `invalid`. */
  probeUrl(
    order: Readonly<{ url: string; method: string; headers: Readonly<Record<string, string>>; timeoutMs?: number }>,
  ): Promise<Answer>;
  activity: Pick<Activity, 'record'>;
}>;

const tags = ['tools'];
const ADMIN = demand({ right: 'admin' });
const Header = Type.Object({ key: Type.String({ minLength: 1, maxLength: 200 }), value: Type.String({ maxLength: 10_000 }) });
const Headers = Type.Record(Type.String(), Type.String());
const AnswerShape = Type.Object({ status: Type.Integer(), headers: Headers, body: Type.String() });
const TIMEOUT_HEADER = 'ws-timeout';
const LONGEST_SECONDS = 60;

function timeoutOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const given = Number(value);
  if (!(given > 0) || given > LONGEST_SECONDS)
    throw invalid('headers', `${TIMEOUT_HEADER} must be a number of seconds up to ${LONGEST_SECONDS}`);
  return seconds(given);
}

/** The YAML of a body: `inline` levels in lines, and what lies deeper within one. */
function yamlOf(body: unknown, inline: number, indent: number): string {
  const document = new Document(body, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_key, node, path) {
      if (path.filter(isCollection).length >= inline) node.flow = true;
    },
  });
  return stringify(document, { indent, lineWidth: 0 });
}

const YamlQuery = Type.Object({
  inline: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  indent: Type.Optional(Type.Integer({ minimum: 1, maximum: 16 })),
});

export const toolsRoutes =
  ({ probeUrl, activity }: ToolsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/url/check',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.checkUrl',
          tags,
          body: Type.Object({
            url: Type.String({ minLength: 1, maxLength: 4_096 }),
            method: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
            headers: Type.Optional(Type.Array(Header, { maxItems: 100 })),
          }),
          response: {
            200: Type.Object({
              request: Type.Object({ url: Type.String(), method: Type.String(), headers: Headers }),
              response: AnswerShape,
            }),
            '4xx': Failure,
          },
        },
      },
      async (request) => {
        const { url, method = 'GET' } = request.body;
        const given = (request.body.headers ?? []).map(({ key, value }) => [key, value] as const);
        const headers = Object.fromEntries(given.filter(([key]) => key.toLowerCase() !== TIMEOUT_HEADER));
        const timeoutMs = timeoutOf(given.find(([key]) => key.toLowerCase() === TIMEOUT_HEADER)?.[1]);
        const order = { url, method: method.toUpperCase(), headers };
        // The host alone: a path or a query may hold a key.
        const subject = URL.canParse(url) ? new URL(url).host : 'an address that is none';
        await activity.record({ actor: callerOf(request).actor, verb: 'url.checked', subject });
        const response = await probeUrl({ ...order, ...(timeoutMs !== undefined && { timeoutMs }) }).catch((error: unknown): Answer => {
          if (!isUpstreamFault(error)) throw error;
          return { status: 500, headers: { 'WS-Exception': error.code, 'WS-Error': messageOf(error) }, body: '' };
        });
        return { request: order, response: { ...response, headers: { ...response.headers } } };
      },
    );

    for (const path of ['/yaml', '/yaml/:filename']) {
      app.post(
        path,
        {
          config: demand({ right: 'read' }),
          schema: {
            operationId: path === '/yaml' ? 'watchstate.toYaml' : 'watchstate.toYamlFile',
            tags,
            ...(path !== '/yaml' && { params: Type.Object({ filename: Type.String({ maxLength: 255 }) }) }),
            querystring: YamlQuery,
            body: Type.Unknown(),
            response: { 200: Type.String(), '4xx': Failure },
          },
        },
        async (request, reply) => {
          const { inline = 4, indent = 2 } = request.query;
          if (request.body === undefined || request.body === null) throw invalid('body', 'must be JSON');
          const { filename } = request.params as { filename?: string };
          if (filename !== undefined) {
            // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a header
            if (/["\\/\u0000-\u001f\u007f]/.test(filename)) throw invalid('filename', 'must be the name of a file, without a folder');
            const ascii = filename.replace(/[^\x20-\x7e]/g, '_');
            reply.header('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename)}`);
          }
          return reply.type('text/yaml; charset=utf-8').send(yamlOf(request.body, inline, indent));
        },
      );
    }
  };
