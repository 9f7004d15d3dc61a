import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Activity } from '#core/activity/index.ts';
import type { Desks } from '#core/requests/index.ts';
import type { RequestReplication } from '#features/request-replication/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import { callerOf } from './seerr-sync.auth.ts';
import { Failed, Failure, failedListOf, State, Status, stateOf, statusOf } from './seerr-sync.shape.ts';

export type SeerrSyncRoutesDeps = Readonly<{
  requestReplication: Pick<RequestReplication, 'status' | 'failed' | 'state' | 'retry' | 'receiveWebhook'>;
  desks: Pick<Desks, 'test'>;
  activity: Pick<Activity, 'record'>;
}>;

/** It has a token of its own, which opens nothing else. */
export const OPEN_SEERR_SYNC_ROUTES: readonly string[] = ['POST /webhook'];

const Place = Type.Object({ url: Type.String({ minLength: 1, maxLength: 2_000 }), api_key: Type.String({ minLength: 1, maxLength: 512 }) });
const Cleared = Type.Object({ message: Type.String(), cleared: Type.Integer() });
const Which = Type.Object({ fingerprint: Type.Optional(Type.String({ maxLength: 40 })) });
const Heard = Type.Object({ accepted: Type.Boolean(), request: Type.Optional(Type.Integer()), reason: Type.Optional(Type.String()) });

const TEST_PATIENCE = seconds(10);
const errors = { '4xx': Failure, '5xx': Failure };
const tags = ['seerr-sync'];

export const seerrSyncRoutes =
  ({ requestReplication, desks, activity }: SeerrSyncRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/status',
      { schema: { operationId: 'seerrSync.status', summary: 'How the replication goes', tags, response: { 200: Status, ...errors } } },
      async () => statusOf(await requestReplication.status()),
    );

    app.get(
      '/failed',
      { schema: { operationId: 'seerrSync.failed', summary: 'What was tried in vain', tags, response: { 200: Failed, ...errors } } },
      async () => failedListOf(await requestReplication.failed()),
    );

    app.get(
      '/state',
      { schema: { operationId: 'seerrSync.state', summary: 'What is where', tags, response: { 200: State, ...errors } } },
      async () => stateOf(await requestReplication.state()),
    );

    app.post(
      '/test',
      {
        schema: {
          operationId: 'seerrSync.test',
          summary: 'Whether a Seerr answers, and takes the key as an administrator’s',
          tags,
          body: Place,
          response: { 200: Type.Object({ ok: Type.Boolean(), status: Type.Unsafe<Readonly<Record<string, unknown>>>({}) }), ...errors },
        },
      },
      async ({ body }) => {
        try {
          const { raw } = await desks.test({ url: body.url, apiKey: body.api_key }, { signal: AbortSignal.timeout(TEST_PATIENCE) });
          return { ok: true, status: raw };
        } catch (error) {
          // Here a Seerr that refuses is what is wrong with the body.
          throw error instanceof AppError ? new AppError('invalid', error.message) : error;
        }
      },
    );

    app.delete(
      '/failed',
      {
        schema: {
          operationId: 'seerrSync.clearFailed',
          summary: 'Try again now what was tried in vain',
          tags,
          querystring: Which,
          response: { 200: Cleared, ...errors },
        },
      },
      async (request) => {
        const { fingerprint } = request.query;
        if (fingerprint !== undefined && !/^(movie|tv):\d{1,15}:(True|False)$/.test(fingerprint)) {
          throw invalid('fingerprint', 'must be as in /failed, such as movie:603:False');
        }
        const cleared = await requestReplication.retry({ fingerprint });
        const { kind, id, name } = callerOf(request);
        const actor = { kind, id, name };
        await activity.record({ actor, verb: 'requests.retried', subject: fingerprint ?? 'all requests', detail: { cleared } });
        return { message: `Cleared ${cleared} failed request(s)`, cleared };
      },
    );

    app.post(
      '/webhook',
      {
        schema: {
          operationId: 'seerrSync.webhook',
          summary: 'An event of the primary, with the token of its webhook',
          tags,
          body: Type.Unsafe<unknown>({}),
          response: { 200: Heard, ...errors },
        },
      },
      async ({ headers, body }) => requestReplication.receiveWebhook({ authorization: headers.authorization, body }),
    );
  };
