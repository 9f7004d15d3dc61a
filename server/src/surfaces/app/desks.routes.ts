import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Desks } from '#core/requests/index.ts';
import type { RequestReplication, RunContext } from '#features/request-replication/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { deskId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { Nothing, NumberParams, Problem } from './contract.ts';
import { ConfigImportWish, deskShape, NewRequestDesk, RequestDesk, RequestDeskPatch, Told } from './desks.shape.ts';

export type DeskRoutesDeps = Readonly<{
  desks: Desks;
  requestReplication: RequestReplication;
  publicUrl: URL | undefined;
}>;

const tags = ['requests'];
const PATIENCE = minutes(1);
const HOOK_PATH = '/api/seerr-sync/webhook';

/** Work that somebody waits for. */
const contextOf = (request: FastifyRequest): RunContext => ({
  signal: AbortSignal.timeout(PATIENCE),
  log: (level, text) => request.log[level](text),
  progress: () => {},
});

/** Where people ask for titles, and how what is asked for on one desk comes to the others. All of it is the house's. */
export const deskRoutes =
  ({ desks, requestReplication, publicUrl, note }: DeskRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const admin = demand('admin');
    const problems = { '4xx': Problem, '5xx': Problem };
    const proven = (verify: boolean | undefined, role: string | undefined): boolean =>
      verify ?? (role !== undefined && role !== 'disabled');
    /** Here it is what the caller has to mend, and no fault of the house. */
    const configured = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        throw isAppError(error, 'misconfigured') ? new AppError('conflict', error.message, { faults: error.faults }) : error;
      }
    };
    const follow = async (request: FastifyRequest, verb: string, subject: string): Promise<void> => {
      await note(callerOf(request), { verb, subject });
      await requestReplication.wake();
    };

    app.get(
      '/request-desks',
      {
        config: admin,
        schema: {
          operationId: 'app.listRequestDesks',
          summary: 'Seerr and its kin',
          tags,
          response: { 200: Type.Array(RequestDesk), ...problems },
        },
      },
      async () => (await desks.list()).map(deskShape),
    );

    app.post(
      '/request-desks',
      {
        config: admin,
        schema: {
          operationId: 'app.addRequestDesk',
          summary: 'Add a Seerr',
          tags,
          body: NewRequestDesk,
          response: { 201: RequestDesk, ...problems },
        },
      },
      async (request, reply) => {
        const { api_key: apiKey, verify, ...desk } = request.body;
        const how = { verify: proven(verify, desk.role), signal: AbortSignal.timeout(PATIENCE) };
        const added = await desks.create({ ...desk, apiKey }, how);
        await follow(request, 'request-desk.added', added.name);
        return reply.code(201).send(deskShape(added));
      },
    );

    app.patch(
      '/request-desks/:id',
      {
        config: admin,
        schema: {
          operationId: 'app.changeRequestDesk',
          summary: 'Change what is given. Another address needs its key with it',
          tags,
          params: NumberParams,
          body: RequestDeskPatch,
          response: { 200: RequestDesk, ...problems },
        },
      },
      async (request) => {
        const { api_key: apiKey, verify, ...patch } = request.body;
        const how = { verify: proven(verify, patch.role), signal: AbortSignal.timeout(PATIENCE) };
        const changed = await desks.update(deskId(request.params.id), { ...patch, apiKey }, how);
        await follow(request, 'request-desk.changed', changed.name);
        return deskShape(changed);
      },
    );

    app.delete(
      '/request-desks/:id',
      {
        config: admin,
        schema: {
          operationId: 'app.removeRequestDesk',
          summary: 'Forget a Seerr. Nothing is changed there',
          tags,
          params: NumberParams,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const removed = await desks.remove(deskId(request.params.id));
        await follow(request, 'request-desk.removed', removed.name);
        return reply.code(204).send(null);
      },
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
          response: { 200: Told, ...problems },
        },
      },
      async (request) => configured(requestReplication.preview(contextOf(request), request.query.subordinate)),
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
          response: { 200: Told, ...problems },
        },
      },
      async (request) => configured(requestReplication.drift(request.query.subordinate, contextOf(request))),
    );

    app.post(
      '/request-replication/import',
      {
        config: admin,
        schema: {
          operationId: 'app.importReplication',
          summary: 'Take over a dumb_config.json, then a seerr_sync_state.json. Safe to run twice',
          tags,
          body: ConfigImportWish,
          response: { 200: Told, ...problems },
        },
      },
      async (request) => {
        const { config, state, keys = {}, host = 'localhost', apply = false } = request.body;
        const { kind, id, name } = callerOf(request);
        const how = { actor: { kind, id, name }, dryRun: !apply };
        const taken = config === undefined ? undefined : await requestReplication.config.importDumb(config, { keys, host }, how);
        const links = state === undefined ? undefined : await requestReplication.importState(state, contextOf(request), { dryRun: !apply });
        if (apply) await follow(request, 'request-replication.imported', 'the replication of requests');
        return { ...(taken && { config: taken }), ...(links && { state: links }), applied: apply };
      },
    );

    app.post(
      '/request-replication/webhook',
      {
        config: admin,
        schema: {
          operationId: 'app.setUpReplicationWebhook',
          summary: 'Have the primary post its events here. With `replace`, instead of where it posts them now',
          tags,
          body: Type.Object({ replace: Type.Optional(Type.Boolean()) }),
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        if (!publicUrl) throw new AppError('conflict', 'Set USHERR_PUBLIC_URL first: the primary has to know where to post its events.');
        const url = `${publicUrl.href.replace(/\/+$/, '')}${HOOK_PATH}`;
        await configured(requestReplication.setUpWebhook({ url, replace: request.body.replace ?? false }, AbortSignal.timeout(PATIENCE)));
        await note(callerOf(request), { verb: 'request-desk.webhook-set', subject: 'the primary' });
        return reply.code(204).send(null);
      },
    );
  };
