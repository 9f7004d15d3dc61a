import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { SUPPRESSION_TYPES, type Suppressions } from '#features/diagnostics/index.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type SuppressorRoutesDeps = Readonly<{ suppressions: Pick<Suppressions, 'list' | 'get' | 'add' | 'replace' | 'remove'> }>;

const tags = ['suppressor'];
const config = demand({ right: 'admin' });
const Id = Type.Object({ id: Type.String() });
const Types = Type.Union([Type.Literal('regex'), Type.Literal('contains')]);
const Draft = Type.Object({
  rule: Type.String({ minLength: 1, maxLength: 1_000 }),
  type: Types,
  example: Type.String({ minLength: 1, maxLength: 10_000 }),
});
const Rule = Type.Object({ id: Type.String(), type: Types, rule: Type.String(), example: Type.String() });

export const suppressorRoutes =
  ({ suppressions }: SuppressorRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      {
        config,
        schema: {
          operationId: 'watchstate.listSuppressions',
          tags,
          response: { 200: Type.Object({ items: Type.Array(Rule), types: Type.Array(Type.String()) }), '4xx': Failure },
        },
      },
      async () => ({ items: [...(await suppressions.list())], types: [...SUPPRESSION_TYPES] }),
    );
    app.post(
      '/',
      { config, schema: { operationId: 'watchstate.addSuppression', tags, body: Draft, response: { 200: Rule, '4xx': Failure } } },
      async (request) => suppressions.add(request.body, callerOf(request).actor),
    );
    app.get(
      '/:id',
      { config, schema: { operationId: 'watchstate.getSuppression', tags, params: Id, response: { 200: Rule, '4xx': Failure } } },
      async (request) => suppressions.get(request.params.id),
    );
    app.put(
      '/:id',
      {
        config,
        schema: { operationId: 'watchstate.replaceSuppression', tags, params: Id, body: Draft, response: { 200: Rule, '4xx': Failure } },
      },
      async (request) => suppressions.replace(request.params.id, request.body, callerOf(request).actor),
    );
    app.delete(
      '/:id',
      { config, schema: { operationId: 'watchstate.removeSuppression', tags, params: Id, response: { 200: Rule, '4xx': Failure } } },
      async (request) => suppressions.remove(request.params.id, callerOf(request).actor),
    );
  };
