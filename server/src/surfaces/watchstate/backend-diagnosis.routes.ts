import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Account, Connections } from '#core/connections/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { LibraryScan, NameMatch, StaleItems } from '#features/diagnostics/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { type Duration, minutes, seconds } from '#kernel/instant.ts';
import { HistoryRow, rowOf } from './history.shape.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure, Info, info } from './watchstate.shape.ts';

export type BackendDiagnosisDeps = Readonly<{
  connections: Pick<Connections, 'get' | 'driverOf'>;
  scan: Pick<LibraryScan, 'unmatched' | 'mismatched'>;
  stale: Pick<StaleItems, 'find' | 'remove'>;
}>;

const tags = ['backend'];
const errors = { '4xx': Failure, '5xx': Failure };
const Params = Type.Object({ name: Type.String({ minLength: 1 }), id: Type.Optional(Type.String({ minLength: 1 })) });
const LibraryParams = Type.Object({ name: Type.String({ minLength: 1 }), id: Type.String({ minLength: 1 }) });
const Timeout = Type.Optional(Type.Number({ minimum: 1, maximum: 3_600, description: 'Seconds' }));
const Raw = Type.Optional(Type.Boolean());

/** A whole library takes its time. */
const PATIENCE: Duration = minutes(10);
const patienceOf = (timeout: number | undefined): Duration => (timeout === undefined ? PATIENCE : seconds(timeout));

const Unmatched = Type.Object({
  title: Type.String(),
  type: Type.String(),
  webUrl: Type.String(),
  library: Type.String(),
  path: Type.Union([Type.String(), Type.Null()]),
  id: Type.String({ description: 'Ours: the id of the item on its server' }),
  raw: Type.Optional(Type.Unknown()),
});
const Mismatched = Type.Object({
  ...Unmatched.properties,
  percent: Type.Number(),
  matches: Type.Array(
    Type.Object({
      path: Type.String(),
      title: Type.String(),
      methods: Type.Object({ similarity: Type.Number(), levenshtein: Type.Number(), startWith: Type.Boolean() }),
    }),
  ),
});
const Stale = Type.Object({
  backend: Type.Object({ name: Type.String(), library: Type.Object({ id: Type.String(), name: Type.String() }) }),
  counts: Type.Object({ remote: Type.Integer(), local: Type.Integer(), stale: Type.Integer() }),
  items: Type.Array(HistoryRow),
});

const matchRow = ({ path, title, similarity, levenshtein, startsWith }: NameMatch) => ({
  path,
  title,
  methods: { similarity, levenshtein, startWith: startsWith },
});

/** What a backend's server lists badly, and what we believe of it that is not so any more; below /backend/{name}. */
export const backendDiagnosisRoutes =
  ({ connections, scan, stale }: BackendDiagnosisDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const webUrl = (account: Account, upstreamId: string): string =>
      connections.driverOf(account).webUrl({ url: account.server.url, serverUuid: account.server.uuid, upstreamId });

    const itemRow = (account: Account, item: UpstreamItem, title: string, raw: boolean) => ({
      title,
      type: item.kind,
      webUrl: webUrl(account, item.upstreamId),
      library: item.libraryId,
      path: item.files[0]?.path ?? null,
      id: item.upstreamId,
      ...(raw && { raw: item.raw ?? null }),
    });

    const shownTitle = (item: UpstreamItem): string => (item.show === undefined ? item.title : `${item.show.title}: ${item.title}`);

    for (const [url, suffix] of [
      ['/unmatched', ''],
      ['/unmatched/:id', 'InLibrary'],
    ] as const) {
      app.get(
        url,
        {
          schema: {
            operationId: `watchstate.listUnmatched${suffix}`,
            tags,
            params: Params,
            querystring: Type.Object({ timeout: Timeout, raw: Raw }),
            response: { 200: Type.Array(Unmatched), ...errors },
          },
        },
        async (request) => {
          const { timeout, raw = false } = request.query;
          const account = await connections.get(callerOf(request).person.id, request.params.name);
          const found = await askUpstream((call) => scan.unmatched(account, request.params.id, { ...call, raw }), patienceOf(timeout));
          return found.map((item) => itemRow(account, item, shownTitle(item), raw));
        },
      );
    }

    for (const [url, suffix] of [
      ['/mismatched', ''],
      ['/mismatched/:id', 'InLibrary'],
    ] as const) {
      app.get(
        url,
        {
          schema: {
            operationId: `watchstate.listMismatched${suffix}`,
            tags,
            params: Params,
            querystring: Type.Object({
              timeout: Timeout,
              raw: Raw,
              percentage: Type.Number({ minimum: 0, maximum: 100, default: 50 }),
              method: Type.Union([Type.Literal('similarity'), Type.Literal('levenshtein')], { default: 'similarity' }),
            }),
            response: { 200: Type.Array(Mismatched), ...errors },
          },
        },
        async (request) => {
          const { timeout, raw = false, percentage, method } = request.query;
          const account = await connections.get(callerOf(request).person.id, request.params.name);
          const how = { method, below: percentage };
          const found = await askUpstream(
            (call) => scan.mismatched(account, request.params.id, { ...call, ...how, raw }),
            patienceOf(timeout),
          );
          return found.map(({ item, title, percent, matches }) => ({
            ...itemRow(account, item, title, raw),
            percent,
            matches: matches.map(matchRow),
          }));
        },
      );
    }

    app.get(
      '/stale/:id',
      {
        schema: {
          operationId: 'watchstate.listStale',
          tags,
          params: LibraryParams,
          querystring: Type.Object({ ignore: Type.Optional(Type.Boolean()), timeout: Timeout }),
          response: { 200: Stale, ...errors },
        },
      },
      async (request) => {
        const { ignore: anew = false, timeout } = request.query;
        const account = await connections.get(callerOf(request).person.id, request.params.name);
        const { library, ...found } = await askUpstream(
          (call) => stale.find(account, request.params.id, { ...call, anew }),
          patienceOf(timeout),
        );
        return {
          backend: { name: account.name, library: { id: library.id, name: library.name } },
          counts: { remote: found.remote, local: found.local, stale: found.stale.length },
          items: found.stale.map((entry) => rowOf(entry, (report) => webUrl(report.account, report.copy.upstreamId))),
        };
      },
    );

    app.delete(
      '/stale/:id',
      {
        schema: {
          operationId: 'watchstate.removeStale',
          tags,
          params: LibraryParams,
          body: Type.Object({ ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 10_000 }) }),
          response: { 200: Info, ...errors },
        },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        const ids = request.body.ids.map((id) => mediaId(id));
        const removed = await askUpstream((call) => stale.remove(account, request.params.id, ids, actor, call), PATIENCE);
        return info(200, removed > 0 ? 'Removed stale references.' : 'None of these is stale there: nothing was removed.');
      },
    );
  };
