import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Account, Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import type { Provisioning, WhoIsWho } from '#features/provisioning/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { accountId, serverId } from '#kernel/ids.ts';
import { minutes, seconds, toIso } from '#kernel/instant.ts';
import { accountShape } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Account as AccountShown, Nothing, NumberParams, Problem } from './contract.ts';
import {
  failedShape,
  identityShape,
  JoinWish,
  LinksDone,
  LinkWish,
  MappingShown,
  MappingWish,
  mappingShape,
  PinWish,
  ProvisionDone,
  ProvisionPreview,
  ProvisionWish,
  ServerShown,
  serverShape,
  unmatchedShape,
} from './matching.shape.ts';
import { withoutBody } from './without-body.ts';

export type MatchingRoutesDeps = Readonly<{
  provisioning: Provisioning;
  whoIsWho: WhoIsWho;
  people: People;
  connections: Pick<Connections, 'byId'>;
  watchSync: Pick<WatchSync, 'pushStatus'>;
}>;

const tags = ['people'];
const problems = { '4xx': Problem, '5xx': Problem };
const PATIENCE = seconds(30);
/** Each user of each server may have to be asked for a token. */
const LONG_PATIENCE = minutes(5);

/** Who is who on which server, and accounts for the whole household. */
export const matchingRoutes =
  (deps: MatchingRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { provisioning, whoIsWho, people, connections, watchSync, choice, note } = deps;
    const admin = demand('admin');
    const call = (ms: number) => ({ signal: AbortSignal.timeout(ms) });

    async function own(request: FastifyRequest<{ Params: { id: number } }>): Promise<Account> {
      const account = await connections.byId(accountId(request.params.id));
      choice.mine(callerOf(request), account.personId);
      return account;
    }

    app.get(
      '/who-is-who',
      {
        config: admin,
        schema: {
          operationId: 'app.getWhoIsWho',
          summary:
            'The users of each server: whose they are, or who they may be, with the evidence. Servers are asked at most every five minutes',
          tags,
          querystring: Type.Object({ anew: Type.Optional(Type.Boolean()) }),
          response: { 200: Type.Array(ServerShown), ...problems },
        },
      },
      async (request) => {
        choice.mine(callerOf(request), undefined);
        const servers = await whoIsWho.read({ ...call(PATIENCE), anew: request.query.anew ?? false });
        const accounts = servers.flatMap((one) => one.accounts);
        const pins = new Map(
          await Promise.all(accounts.map(async (account) => [account.id as number, await whoIsWho.hasPin(account)] as const)),
        );
        const nameOf = await choice.names();
        return servers.map((server) => serverShape(server, nameOf, pins));
      },
    );

    app.post(
      '/who-is-who/join',
      {
        config: admin,
        schema: {
          operationId: 'app.joinUser',
          summary:
            'Say whose a user of a server is. They get an account there; nothing is written to it before its first plan was approved',
          tags,
          body: JoinWish,
          response: { 201: AccountShown, ...problems },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        choice.mine(actor, undefined);
        const { server, user, person: name, pin } = request.body;
        const person = await people.byName(name);
        if (!person) {
          throw new AppError('not-found', `There is nobody named "${name}" here.`, {
            faults: [{ field: 'person', message: 'is not known here' }],
          });
        }
        const account = await whoIsWho.join({ server: serverId(server), user, person, pin }, call(PATIENCE));
        const detail = { server: account.server.name, user: account.userName ?? account.userId };
        await note(actor, { verb: 'person.joined', subject: person.name, detail, person: person.id });
        return reply.code(201).send(accountShape(account, await watchSync.pushStatus(account), await choice.names()));
      },
    );

    app.put(
      '/accounts/:id/pin',
      {
        schema: {
          operationId: 'app.setPin',
          summary: 'Keep the PIN of its user, once the vendor has taken it. It is never shown again',
          tags,
          params: NumberParams,
          body: PinWish,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const account = await own(request);
        await whoIsWho.setPin(account, request.body.pin, call(PATIENCE));
        await note(callerOf(request), { verb: 'account.pin-set', subject: account.name, person: account.personId });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/accounts/:id/pin',
      {
        schema: {
          operationId: 'app.forgetPin',
          summary: 'Forget the PIN of its user',
          tags,
          params: NumberParams,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const account = await own(request);
        await whoIsWho.setPin(account, null, call(PATIENCE));
        await note(callerOf(request), { verb: 'account.pin-forgotten', subject: account.name, person: account.personId });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/provisioning',
      {
        config: admin,
        schema: {
          operationId: 'app.previewProvisioning',
          summary: 'Whom the users of the servers of `main` would become, by the mapping and then by name',
          tags,
          querystring: Type.Object({ anew: Type.Optional(Type.Boolean()), single: Type.Optional(Type.Boolean()) }),
          response: { 200: ProvisionPreview, ...problems },
        },
      },
      async (request) => {
        choice.mine(callerOf(request), undefined);
        const { anew = false, single = false } = request.query;
        const preview = await provisioning.preview({ ...call(PATIENCE), anew, single });
        return {
          accounts: [...preview.backends],
          has_people: preview.hasIdentities,
          has_mapping: preview.hasMapping,
          matched: preview.matched.map(identityShape),
          unmatched: preview.unmatched.map(unmatchedShape),
          expires_at: toIso(preview.expiresAt),
        };
      },
    );

    app.get(
      '/provisioning/mapping',
      {
        config: admin,
        schema: {
          operationId: 'app.getMapping',
          summary: 'What was said of who is who, without PINs',
          tags,
          response: { 200: MappingShown, ...problems },
        },
      },
      async () => mappingShape(await provisioning.mapping()),
    );

    app.put(
      '/provisioning/mapping',
      {
        config: admin,
        schema: {
          operationId: 'app.setMapping',
          summary: 'Say who is who. A PIN that is not named stays as it is kept',
          tags,
          body: MappingWish,
          response: { 200: MappingShown, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const rows = request.body.people.map(({ person, members }) => ({
          identity: person,
          members: members.map(({ account, user, pin }) => ({ backend: account, username: user, ...(pin !== undefined && { pin }) })),
        }));
        const saved = await provisioning.sayWhoIsWho(rows, actor);
        await note(actor, { verb: 'people.mapped', subject: `${saved.identities.length} people` });
        return mappingShape(saved);
      },
    );

    app.post(
      '/provisioning',
      {
        config: admin,
        schema: {
          operationId: 'app.provision',
          summary: 'Accounts for everybody who is matched. Only shows unless dry_run is false; nobody’s history is touched',
          tags,
          body: ProvisionWish,
          response: { 200: ProvisionDone, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        choice.mine(actor, undefined);
        const { mode, dry_run: dryRun = true, backup = true, new_tokens: newTokens = false, single = false } = request.body;
        const wish = { mode, dryRun, backup, newTokens, single, saveMapping: false };
        const done = await provisioning.provision(wish, actor, call(LONG_PATIENCE));
        if (!dryRun) await note(actor, { verb: 'people.provisioned', subject: `${done.identities.length} people`, detail: { mode } });
        return { dry_run: dryRun, people: done.identities.map(identityShape), failed: done.failed.map(failedShape) };
      },
    );

    app.post(
      '/provisioning/links',
      {
        config: admin,
        preValidation: withoutBody,
        schema: {
          operationId: 'app.followLinks',
          summary: 'Bring linked accounts in line with those that they were made from. Only shows unless dry_run is false',
          tags,
          body: LinkWish,
          response: { 200: LinksDone, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        choice.mine(actor, undefined);
        const { dry_run: dryRun = true } = request.body;
        const { updated, skipped, failed } = await provisioning.syncLinked(dryRun);
        if (!dryRun && updated.length > 0) await note(actor, { verb: 'people.synced', subject: `${updated.length} accounts` });
        return {
          dry_run: dryRun,
          updated: updated.map(({ identity, backend, source }) => ({ person: identity, account: backend, source })),
          skipped: skipped.map(failedShape),
          failed: failed.map(failedShape),
          count: updated.length,
        };
      },
    );
  };
