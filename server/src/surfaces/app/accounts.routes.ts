import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { requireKeeper } from '#core/access/index.ts';
import { type Account, type Connections, describe, sendsTokenElsewhere } from '#core/connections/index.ts';
import type { Connecting } from '#features/connecting/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { accountId } from '#kernel/ids.ts';
import { seconds } from '#kernel/instant.ts';
import { accountShape, isoOrNull, newAccountOf, patchOf } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  AccountPatch,
  AccountRemoved,
  Account as AccountShown,
  AccountTest,
  NewAccount,
  Nothing,
  NumberParams,
  PersonQuery,
  Problem,
  Pushes,
  Server,
  Webhook,
} from './contract.ts';
import { tokenGiven } from './sign-in-token.ts';

export type AccountRoutesDeps = Readonly<{
  connections: Connections;
  connecting: Pick<Connecting, 'signIns'>;
  watchSync: Pick<WatchSync, 'pushStatus' | 'retryPushes' | 'forgetAccount'>;
  /** The address by which other machines reach this house, where it is known. */
  publicUrl: URL | undefined;
}>;

const tags = ['accounts'];
const TEST_TIMEOUT = seconds(30);

export const accountRoutes =
  (deps: AccountRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections, watchSync, choice, note, publicUrl } = deps;
    const { signIns } = deps.connecting;

    const shown = async (account: Account) => accountShape(account, await watchSync.pushStatus(account), await choice.names());
    const found = async (request: FastifyRequest<{ Params: { id: number } }>): Promise<Account> => {
      const account = await connections.byId(accountId(request.params.id));
      choice.mine(callerOf(request), account.personId);
      return account;
    };
    const noted = (request: FastifyRequest, verb: string, account: Account): Promise<void> =>
      note(callerOf(request), { verb, subject: account.name, detail: describe(account), person: account.personId });

    const webhookOf = async (request: FastifyRequest, account: Account) => {
      const base = publicUrl?.href.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
      const url = `${base}/v1/api/webhook?apikey=${await connections.webhookTokenOf(account)}`;
      const { lastEventAt, lastEvent } = account.health;
      const steps = [...connections.driverOf(account).webhookSteps(url)];
      return { url, steps, last_event_at: isoOrNull(lastEventAt), last_event: lastEvent ?? null };
    };

    app.get(
      '/servers',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.listServers',
          summary: 'Every media server that is known',
          tags,
          response: { 200: Type.Array(Server), '4xx': Problem },
        },
      },
      async () => [...(await connections.servers())],
    );

    app.get(
      '/accounts',
      {
        schema: {
          operationId: 'app.listAccounts',
          summary: 'Accounts on media servers, with their health and what waits for them',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: Type.Array(AccountShown), '4xx': Problem },
        },
      },
      async (request) => Promise.all((await connections.list(await choice.whose(callerOf(request), request.query.person))).map(shown)),
    );

    app.post(
      '/accounts',
      {
        schema: {
          operationId: 'app.addAccount',
          summary: 'Add an account. It is read, and written to only after its plan was approved',
          tags,
          body: NewAccount,
          response: { 201: AccountShown, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const person = await choice.one(actor, request.body.person);
        const wish = { ...request.body, ...tokenGiven(signIns, actor, request.body) };
        const account = await connections.create(newAccountOf(wish, person.id));
        await noted(request, 'account.added', account);
        return reply.code(201).send(await shown(account));
      },
    );

    app.get(
      '/accounts/:id',
      {
        schema: {
          operationId: 'app.getAccount',
          summary: 'One account',
          tags,
          params: NumberParams,
          response: { 200: AccountShown, '4xx': Problem },
        },
      },
      async (request) => shown(await found(request)),
    );

    app.patch(
      '/accounts/:id',
      {
        schema: {
          operationId: 'app.changeAccount',
          summary: 'Change an account; what is left out stays',
          tags,
          params: NumberParams,
          body: AccountPatch,
          response: { 200: AccountShown, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => {
        const before = await found(request);
        const at = { type: before.server.type, url: before.server.url, ...request.body };
        const wish = { ...request.body, ...tokenGiven(signIns, callerOf(request), at) };
        const verify = [wish.url, wish.token, wish.user].some((given) => given !== undefined);
        const patch = patchOf(wish, before);
        // A token that nobody is shown must not be learnt by having it sent to an address of one's own.
        if (sendsTokenElsewhere(before, patch)) {
          requireKeeper(callerOf(request), before.personId, 'Another address without its token needs the stored one');
        }
        const account = await connections.update(before.id, patch, { verify });
        await noted(request, 'account.changed', account);
        return shown(account);
      },
    );

    app.delete(
      '/accounts/:id',
      {
        schema: {
          operationId: 'app.removeAccount',
          summary: 'Remove an account. Everything that was watched stays in the history',
          tags,
          params: NumberParams,
          response: { 200: AccountRemoved, '4xx': Problem },
        },
      },
      async (request) => {
        let forgotten = { references: 0, records: 0 };
        const account = await connections.remove((await found(request)).id, async (handle, going) => {
          forgotten = await watchSync.forgetAccount(going, handle);
        });
        await noted(request, 'account.removed', account);
        return forgotten;
      },
    );

    app.post(
      '/accounts/:id/test',
      {
        schema: {
          operationId: 'app.testAccount',
          summary: 'Ask the server whether it is there, is the same, and takes the token',
          tags,
          params: NumberParams,
          response: { 200: AccountTest, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => connections.confirm(await found(request), { signal: AbortSignal.timeout(TEST_TIMEOUT) }),
    );

    app.get(
      '/accounts/:id/webhook',
      {
        config: demand('write'),
        schema: {
          operationId: 'app.getWebhook',
          summary: 'Where the server sends its events, and how to tell it',
          tags,
          params: NumberParams,
          response: { 200: Webhook, '4xx': Problem },
        },
      },
      async (request) => webhookOf(request, await found(request)),
    );

    app.post(
      '/accounts/:id/webhook/rotate',
      {
        schema: {
          operationId: 'app.rotateWebhook',
          summary: 'A new address for its events; the former is worth nothing from now on',
          tags,
          params: NumberParams,
          response: { 200: Webhook, '4xx': Problem },
        },
      },
      async (request) => {
        const account = await found(request);
        await connections.rotateWebhookToken(account.id);
        await noted(request, 'account.webhook-rotated', account);
        return webhookOf(request, account);
      },
    );

    app.get(
      '/accounts/:id/pushes',
      {
        schema: {
          operationId: 'app.getPushes',
          summary: 'What waits to be told to it',
          tags,
          params: NumberParams,
          response: { 200: Pushes, '4xx': Problem },
        },
      },
      async (request) => watchSync.pushStatus(await found(request)),
    );

    app.post(
      '/accounts/:id/pushes/retry',
      {
        config: demand('sync'),
        schema: {
          operationId: 'app.retryPushes',
          summary: 'Try what waits again now',
          tags,
          params: NumberParams,
          response: { 202: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const account = await found(request);
        await watchSync.retryPushes(account);
        await noted(request, 'account.pushes-retried', account);
        return reply.code(202).send(null);
      },
    );
  };
