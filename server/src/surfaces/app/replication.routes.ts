import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { RequestReplication, RunContext } from '#features/request-replication/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { minutes } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import {
  DriftShown,
  FailedList,
  Imported,
  ImportWish,
  Nothing,
  PreviewShown,
  Problem,
  Replication,
  Retried,
  RetryWish,
  Tracked,
  WebhookWish,
} from './contract.ts';
import { Members } from './contract-words.ts';
import { driftShape, failedShape, importedShape, previewShape, replicationShape, trackedShape } from './requests.shape.ts';
import { withoutBody } from './without-body.ts';

export type ReplicationRoutesDeps = Readonly<{ requestReplication: RequestReplication; publicUrl: URL | undefined }>;

const tags = ['requests'];
const PATIENCE = minutes(1);
const HOOK_PATH = '/api/seerr-sync/webhook';
const problems = { '4xx': Problem, '5xx': Problem };
const admin = demand('admin');

/** Work that somebody waits for. */
const contextOf = (request: FastifyRequest): RunContext => ({
  signal: AbortSignal.timeout(PATIENCE),
  log: (level, text) => request.log[level](text),
  progress: () => {},
});

/** Here it is what the caller has to mend, and no fault of the house. */
async function configured<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isAppError(error, 'misconfigured') ? new AppError('conflict', error.message, { faults: error.faults }) : error;
  }
}

/** How what is asked for on one desk comes to the others. All of it is the house's. */
export const replicationRoutes =
  ({ requestReplication, publicUrl, note }: ReplicationRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const shown = async () => replicationShape(await requestReplication.status(), (await requestReplication.config.view()).options);

    app.get(
      '/request-replication',
      {
        config: admin,
        schema: {
          operationId: 'app.replication',
          summary: 'How the replication goes, and its options',
          tags,
          response: { 200: Replication, ...problems },
        },
      },
      shown,
    );

    app.patch(
      '/request-replication/options',
      {
        config: admin,
        schema: {
          operationId: 'app.setReplicationOptions',
          summary: 'Set the options given, by the names that their users know: all of them, or none',
          tags,
          body: Members,
          response: { 200: Replication, ...problems },
        },
      },
      async (request) => {
        const { kind, id, name } = callerOf(request);
        await requestReplication.config.setOptions(request.body, { kind, id, name });
        await requestReplication.wake();
        return shown();
      },
    );

    app.get(
      '/request-replication/failed',
      {
        config: admin,
        schema: { operationId: 'app.failedRequests', summary: 'What was tried in vain', tags, response: { 200: FailedList, ...problems } },
      },
      async () => failedShape(await requestReplication.failed()),
    );

    app.post(
      '/request-replication/retry',
      {
        config: admin,
        preValidation: withoutBody,
        schema: {
          operationId: 'app.retryRequests',
          summary: 'Try again now what was tried in vain, and what nobody could tell',
          tags,
          body: RetryWish,
          response: { 200: Retried, ...problems },
        },
      },
      async (request) => {
        const cleared = await requestReplication.retry(request.body);
        const subject = request.body.fingerprint ?? request.body.subordinate ?? 'all requests';
        await note(callerOf(request), { verb: 'requests.retried', subject, detail: { cleared } });
        return { cleared };
      },
    );

    app.get(
      '/request-replication/state',
      {
        config: admin,
        schema: {
          operationId: 'app.replicatedRequests',
          summary: 'Everything that is ours on a subordinate, the newest of the primary first',
          tags,
          response: { 200: Tracked, ...problems },
        },
      },
      async () => trackedShape((await requestReplication.state()).requests),
    );

    app.get(
      '/request-replication/preview',
      {
        config: admin,
        schema: {
          operationId: 'app.previewReplication',
          summary: 'What the next cycle would do. Desks are read, nothing is changed',
          tags,
          querystring: Type.Object({ subordinate: Type.Optional(Type.String({ maxLength: 2_000 })) }),
          response: { 200: PreviewShown, ...problems },
        },
      },
      async (request) => previewShape(await configured(requestReplication.preview(contextOf(request), request.query.subordinate))),
    );

    app.get(
      '/request-replication/drift',
      {
        config: admin,
        schema: {
          operationId: 'app.replicationDrift',
          summary: 'What is not the same on a subordinate, and why',
          tags,
          querystring: Type.Object({ subordinate: Type.String({ minLength: 1, maxLength: 2_000 }) }),
          response: { 200: DriftShown, ...problems },
        },
      },
      async (request) => driftShape(await configured(requestReplication.drift(request.query.subordinate, contextOf(request)))),
    );

    app.post(
      '/request-replication/import',
      {
        config: admin,
        schema: {
          operationId: 'app.importReplication',
          summary: 'Take over a dumb_config.json, then a seerr_sync_state.json. Safe to run twice',
          tags,
          body: ImportWish,
          response: { 200: Imported, ...problems },
        },
      },
      async (request) => {
        const { config, state, keys = {}, host = 'localhost', apply = false } = request.body;
        const { kind, id, name } = callerOf(request);
        const how = { actor: { kind, id, name }, dryRun: !apply };
        const taken = config === undefined ? undefined : await requestReplication.config.importDumb(config, { keys, host }, how);
        const links =
          state === undefined ? undefined : await configured(requestReplication.importState(state, contextOf(request), { dryRun: !apply }));
        if (apply) {
          await note(callerOf(request), { verb: 'request-replication.imported', subject: 'the replication of requests' });
          await requestReplication.wake();
        }
        return importedShape(apply, taken, links);
      },
    );

    app.post(
      '/request-replication/webhook',
      {
        config: admin,
        preValidation: withoutBody,
        schema: {
          operationId: 'app.setUpReplicationWebhook',
          summary: 'Have the primary post its events here',
          tags,
          body: WebhookWish,
          response: { 200: Type.Object({ url: Type.String() }), ...problems },
        },
      },
      async (request) => {
        const { url: given, replace = false, new_token: newToken = false } = request.body;
        const base = given ?? publicUrl?.href;
        if (base === undefined)
          throw new AppError('conflict', 'Say where the primary reaches this server: `url` here, or USHERR_PUBLIC_URL for good.');
        const url = `${base.replace(/\/+$/, '')}${HOOK_PATH}`;
        await configured(requestReplication.setUpWebhook({ url, replace, newToken }, AbortSignal.timeout(PATIENCE)));
        await note(callerOf(request), { verb: 'request-desk.webhook-set', subject: 'the primary' });
        return { url };
      },
    );

    app.post(
      '/request-replication/start-anew',
      {
        config: admin,
        schema: {
          operationId: 'app.startReplicationAnew',
          summary:
            'Forget the requests of the primary, and read them anew: for a primary that was set up anew. Nothing is changed on any desk',
          tags,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        await configured(requestReplication.startAnew());
        await note(callerOf(request), { verb: 'request-replication.started-anew', subject: 'the primary' });
        return reply.code(204).send(null);
      },
    );
  };
