import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Connections } from '#core/connections/index.ts';
import { type IgnoreRules, RULE_TYPES } from '#core/ignore-rules/index.ts';
import type { OwnIds } from '#core/media/index.ts';
import {
  BackendRuleRow,
  backendRuleRow,
  oldRuleIn,
  RemovedRule,
  RuleBody,
  RuleRow,
  RuleToRemove,
  readOldRule,
  removedRow,
  ruleIn,
  ruleRow,
} from './ignore.shape.ts';
import { callerOf } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type IgnoreRoutesDeps = Readonly<{
  ignoreRules: IgnoreRules;
  connections: Pick<Connections, 'list' | 'get'>;
  /** What the household says about ids of its own, now. */
  ownIds: () => OwnIds;
}>;

const tags = ['ignore'];
const errors = { '4xx': Failure };
const Word = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });
const Wanted = Type.Object({ type: Type.Optional(Word), db: Type.Optional(Word), id: Type.Optional(Word), backend: Type.Optional(Word) });

/** A person's ignore rules, below /ignore. */
export const ignoreRoutes =
  ({ ignoreRules, connections, ownIds }: IgnoreRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      { schema: { operationId: 'watchstate.listIgnored', tags, querystring: Wanted, response: { 200: Type.Array(RuleRow), ...errors } } },
      async (request) => {
        const { type, db, id, backend } = request.query;
        const known = RULE_TYPES.find((one) => one === type?.toLowerCase());
        if (type && known === undefined) return [];
        const filter = {
          ...(known && { type: known }),
          ...(db && { provider: db.toLowerCase().replace(/^guid_/, '') }),
          ...(id && { value: id }),
          ...(backend && { account: backend }),
        };
        return (await ignoreRules.list(callerOf(request).person.id, filter)).map(ruleRow);
      },
    );

    app.post(
      '/',
      { schema: { operationId: 'watchstate.addIgnored', tags, body: RuleBody, response: { 200: RuleRow, ...errors } } },
      async (request) => {
        const { person } = callerOf(request);
        const rule = ruleIn(request.body, { ids: ownIds(), accounts: await connections.list(person.id) });
        return ruleRow(await ignoreRules.add(person.id, rule));
      },
    );

    app.delete(
      '/',
      { schema: { operationId: 'watchstate.removeIgnored', tags, body: RuleToRemove, response: { 200: RemovedRule, ...errors } } },
      async (request) => removedRow(await ignoreRules.remove(callerOf(request).person.id, readOldRule(request.body.rule, ownIds()))),
    );
  };

const Name = Type.Object({ name: Word });

/** Those of one backend, below /backend/{name}/ignore. */
export const backendIgnoreRoutes =
  ({ ignoreRules, connections, ownIds }: IgnoreRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      {
        schema: {
          operationId: 'watchstate.listBackendIgnored',
          tags,
          params: Name,
          response: { 200: Type.Array(BackendRuleRow), ...errors },
        },
      },
      async (request) => {
        const { person } = callerOf(request);
        const { name } = await connections.get(person.id, request.params.name);
        return (await ignoreRules.list(person.id, { account: name })).map(backendRuleRow);
      },
    );

    app.post(
      '/',
      {
        schema: { operationId: 'watchstate.addBackendIgnored', tags, params: Name, body: RuleBody, response: { 201: Empty, ...errors } },
      },
      async (request, reply) => {
        const { person } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        await ignoreRules.add(person.id, ruleIn(request.body, { ids: ownIds(), accounts: [account], backend: account.name }));
        return reply.code(201).send();
      },
    );

    app.delete(
      '/',
      {
        schema: {
          operationId: 'watchstate.removeBackendIgnored',
          tags,
          params: Name,
          body: RuleToRemove,
          response: { 200: Empty, ...errors },
        },
      },
      async (request, reply) => {
        const { person } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        await ignoreRules.remove(person.id, oldRuleIn(request.body, { ids: ownIds(), accounts: [account], backend: account.name }));
        return reply.code(200).send();
      },
    );
  };
