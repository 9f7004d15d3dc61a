import { createReadStream } from 'node:fs';
import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import type { Activity } from '#core/activity/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import { sendEvents, whileWelcome } from '#platform/http-server/index.ts';
import { type Authenticate, callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

type LogFile = Readonly<{ filename: string; type: string; date: string; size: number; modified: Instant }>;
type LogEntry = Readonly<{ id: string; at: Instant | undefined; level: string; text: string; fields: Readonly<Record<string, unknown>> }>;

export type LogsRoutesDeps = Readonly<{
  /** See platform/logging. */
  logs: Readonly<{
    files(): readonly LogFile[];
    locate(filename: string): Readonly<{ path: string; file: LogFile }>;
    remove(filename: string): void;
    read: Readonly<{
      page(
        filename: string,
        range: Readonly<{ offset: number; count: number }>,
      ): Promise<Readonly<{ entries: readonly LogEntry[]; total: number; next: number | undefined }>>;
      recent(count: number): Promise<readonly Readonly<{ file: LogFile; entries: readonly LogEntry[] }>[]>;
      follow(
        filename: string,
        options: Readonly<{ from: number; signal: AbortSignal }>,
      ): AsyncIterable<Readonly<{ position: number; entry: LogEntry }>>;
    }>;
  }>;
  activity: Pick<Activity, 'record'>;
}>;

const tags = ['logs'];
const config = demand({ right: 'admin' });
const LINES = 100;
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const LineShape = Type.Object({
  id: Type.String(),
  item_id: MaybeText,
  user: MaybeText,
  backend: MaybeText,
  date: MaybeText,
  text: Type.String(),
  level: Type.String({ description: 'Ours' }),
});
const FileShape = Type.Object({
  filename: Type.String(),
  type: Type.String(),
  date: Type.String(),
  size: Type.Integer(),
  modified: Type.String(),
});
const PageShape = Type.Object({
  filename: Type.String(),
  offset: Type.Integer(),
  next: Type.Union([Type.Integer(), Type.Null()]),
  max: Type.Integer(),
  type: Type.String(),
  lines: Type.Array(LineShape),
});
const Flag = Type.Optional(Type.Union([Type.Boolean(), Type.Literal(''), Type.Literal(1), Type.Literal(0)]));
const isOn = (flag: boolean | '' | 0 | 1 | undefined): boolean => flag === true || flag === 1 || flag === '';

const textOf = (...values: readonly unknown[]): string | null => {
  const found = values.find((value) => typeof value === 'string' || typeof value === 'number');
  return found === undefined ? null : String(found);
};

const fileOf = ({ filename, type, date, size, modified }: LogFile) => ({ filename, type, date, size, modified: toAtom(modified) });
const lineOf = ({ id, at, level, text, fields }: LogEntry) => ({
  id,
  item_id: textOf(fields.item_id, fields.mediaId, fields.media),
  user: textOf(fields.user, fields.person),
  backend: textOf(fields.backend, fields.account),
  date: at === undefined ? null : toAtom(at),
  text,
  level,
});

export const logsRoutes =
  ({ logs }: LogsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      { config, schema: { operationId: 'watchstate.listLogs', tags, response: { 200: Type.Array(FileShape), '4xx': Failure } } },
      async () => logs.files().map(fileOf),
    );
    app.get(
      '/recent',
      {
        config,
        schema: {
          operationId: 'watchstate.recentLogs',
          tags,
          querystring: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
          response: { 200: Type.Array(Type.Intersect([FileShape, Type.Object({ lines: Type.Array(LineShape) })])), '4xx': Failure },
        },
      },
      async (request) => {
        const recent = await logs.read.recent(request.query.limit ?? 50);
        return recent.map(({ file, entries }) => ({ ...fileOf(file), lines: entries.map(lineOf) }));
      },
    );
  };

export const logRoutes =
  ({ logs, activity, authenticate }: LogsRoutesDeps & Readonly<{ authenticate: Authenticate }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const params = Type.Object({ filename: Type.String() });

    app.get(
      '/:filename',
      {
        config,
        schema: {
          operationId: 'watchstate.readLog',
          tags,
          params,
          querystring: Type.Object({
            download: Flag,
            stream: Flag,
            offset: Type.Optional(Type.Integer({ minimum: 0 })),
          }),
          response: { 200: Type.Any({ description: 'A page of lines, the file itself, or a stream of events' }), '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { filename } = request.params;
        const { offset = 0, download, stream } = request.query;
        const { path, file } = logs.locate(filename);
        if (isOn(download)) {
          reply.header('content-disposition', `attachment; filename="${filename}"`);
          return reply.type('text/plain; charset=utf-8').send(createReadStream(path));
        }
        if (isOn(stream)) {
          // From here on, and not from when the stream has been opened: what is written in between belongs to it.
          const from = resumeFrom(request.headers['last-event-id']) ?? file.size;
          await sendEvents(request, reply, {
            events: (signal) =>
              whileWelcome(
                () => authenticate(request),
                signal,
                async function* (until) {
                  for await (const { position, entry } of logs.read.follow(filename, { signal: until, from })) {
                    yield { event: 'data', id: String(position), data: lineOf(entry) };
                  }
                },
              ),
          });
          return reply;
        }
        const { entries, total, next } = await logs.read.page(filename, { offset, count: LINES });
        return { filename, offset, next: next ?? null, max: total, type: 'log', lines: entries.map(lineOf) } satisfies Page;
      },
    );

    app.delete(
      '/:filename',
      { config, schema: { operationId: 'watchstate.removeLog', tags, params, response: { 200: Empty, '4xx': Failure } } },
      async (request, reply) => {
        logs.remove(request.params.filename);
        await activity.record({ actor: callerOf(request).actor, verb: 'log.removed', subject: request.params.filename });
        return reply.code(200).send();
      },
    );
  };

type Page = Static<typeof PageShape>;

/** A listener that lost its line goes on where it was. */
function resumeFrom(header: string | string[] | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) throw invalid('header last-event-id', 'must be an id of this stream');
  return Number(header);
}
