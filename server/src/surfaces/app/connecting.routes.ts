import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Actor, requireKeeper, requireRight } from '#core/access/index.ts';
import { type Account, type Connections, normalUrl, refuseFaults, sendsTokenElsewhere, urlFault } from '#core/connections/index.ts';
import type { Added, Connecting, WaitingConnection } from '#features/connecting/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { accountId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { accountShape, newAccountOf } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { reportShape, signInShape, waitingShape } from './connecting.shape.ts';
import {
  Account as AccountShown,
  CheckReport,
  CheckWish,
  NewAccount,
  Nothing,
  NumberParams,
  OrNull,
  PersonQuery,
  Problem,
  SignInShown,
  SignInWish,
  TextParams,
  WaitingConnection as WaitingShown,
} from './contract.ts';
import { signInOwner, tokenGiven } from './sign-in-token.ts';

export type ConnectingRoutesDeps = Readonly<{
  connecting: Connecting;
  connections: Pick<Connections, 'byId'>;
  watchSync: Pick<WatchSync, 'pushStatus'>;
  /** Kinds that are the house's and nobody's own. */
  deskKinds: readonly string[];
}>;

const tags = ['connections'];
const PATIENCE = minutes(1);
const problems = { '4xx': Problem, '5xx': Problem };
const AddedShown = Type.Object({ account: OrNull(AccountShown), waiting: OrNull(WaitingShown) });

/** The way to a new connection. Tokens that a sign-in brings stay here: a form names the sign-in. */
export const connectingRoutes =
  (deps: ConnectingRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connecting, connections, choice, note, deskKinds } = deps;
    const { signIns, waiting } = connecting;
    const soon = () => ({ signal: AbortSignal.timeout(PATIENCE) });

    const own = async (request: FastifyRequest<{ Params: { id: number } }>): Promise<WaitingConnection> => {
      const one = await waiting.get(request.params.id);
      choice.mine(callerOf(request), one.personId);
      return one;
    };
    const addedShape = async ({ account, waiting: one }: Added) => {
      const names = await choice.names();
      return {
        account: account ? accountShape(account, await deps.watchSync.pushStatus(account), names) : null,
        waiting: one ? waitingShape(one, names) : null,
      };
    };
    const noted = async (actor: Actor, { account, waiting: one }: Added): Promise<void> => {
      if (account) await note(actor, { verb: 'account.added', subject: account.name, person: account.personId });
      else if (one) await note(actor, { verb: 'account.waits', subject: one.name, person: one.personId });
    };

    app.post(
      '/connections/sign-ins',
      {
        schema: {
          operationId: 'app.beginSignIn',
          summary: 'Sign in at a server or its vendor, for a connection: by name and password, or by agreeing elsewhere',
          tags,
          body: SignInWish,
          response: { 201: SignInShown, ...problems },
        },
      },
      async (request, reply) => {
        const { url, ...wish } = request.body;
        if (url !== undefined || wish.way === 'password') refuseFaults([urlFault(url)]);
        const begun = await signIns.begin({ ...wish, by: signInOwner(callerOf(request)) }, url === undefined ? '' : normalUrl(url), soon());
        return reply.header('cache-control', 'no-store').code(201).send(signInShape(begun));
      },
    );

    app.get(
      '/connections/sign-ins/:id',
      {
        schema: {
          operationId: 'app.getSignIn',
          summary: 'Whether the person has agreed yet, and which servers they may reach',
          tags,
          params: TextParams,
          response: { 200: SignInShown, ...problems },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        return signInShape(await signIns.look(request.params.id, signInOwner(callerOf(request)), soon()));
      },
    );

    app.post(
      '/connections/check',
      {
        schema: {
          operationId: 'app.checkConnection',
          summary: 'Try what is in a form, step by step. Nothing is stored, and nothing is changed there',
          tags,
          body: CheckWish,
          response: { 200: CheckReport, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const { account: id, sign_in: signIn, ...wish } = request.body;
        if (deskKinds.includes(wish.kind)) requireRight(actor, 'admin');
        const account = id === undefined ? undefined : await stored(actor, id);
        const given = { ...wish, ...tokenGiven(signIns, actor, { ...wish, sign_in: signIn, type: wish.kind }) };
        // A key that nobody is shown must not be learnt by having it sent to an address of one's own.
        if (account && sendsTokenElsewhere(account, given)) {
          requireKeeper(actor, account.personId, 'Another address without its token needs the stored one');
        }
        return reportShape(await connecting.check({ ...given, kind: wish.kind, account }, soon()));
      },
    );

    async function stored(actor: Actor, id: number): Promise<Account> {
      const account = await connections.byId(accountId(id));
      choice.mine(actor, account.personId);
      return account;
    }

    app.get(
      '/connections/waiting',
      {
        schema: {
          operationId: 'app.listWaitingConnections',
          summary: 'Connections whose server does not answer yet',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: Type.Array(WaitingShown), ...problems },
        },
      },
      async (request) => {
        const names = await choice.names();
        const all = await waiting.list(await choice.whose(callerOf(request), request.query.person));
        return all.map((one) => waitingShape(one, names));
      },
    );

    app.post(
      '/connections/waiting',
      {
        schema: {
          operationId: 'app.addConnectionOrWait',
          summary: 'Add an account, and where its server is silent keep it to be tried again. A server that refuses is refused here',
          tags,
          body: NewAccount,
          response: { 201: AddedShown, 202: AddedShown, ...problems },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const person = await choice.one(actor, request.body.person);
        const wish = { ...request.body, ...tokenGiven(signIns, actor, request.body) };
        const added = await waiting.add(newAccountOf(wish, person.id), soon());
        await noted(actor, added);
        return reply.code(added.account ? 201 : 202).send(await addedShape(added));
      },
    );

    app.post(
      '/connections/waiting/:id/try',
      {
        schema: {
          operationId: 'app.tryWaitingConnection',
          summary: 'Ask its server again now',
          tags,
          params: NumberParams,
          response: { 200: AddedShown, ...problems },
        },
      },
      async (request) => {
        const added = await waiting.attempt((await own(request)).id, soon());
        if (added.account) await noted(callerOf(request), added);
        return addedShape(added);
      },
    );

    app.delete(
      '/connections/waiting/:id',
      {
        schema: {
          operationId: 'app.removeWaitingConnection',
          summary: 'Do not wait for it any more',
          tags,
          params: NumberParams,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const one = await waiting.remove((await own(request)).id);
        await note(callerOf(request), { verb: 'account.removed', subject: one.name, person: one.personId });
        return reply.code(204).send(null);
      },
    );
  };
