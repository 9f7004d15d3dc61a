import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@fastify/type-provider-typebox';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Health, PersonQuery, Problem } from './contract.ts';
import type { Overview } from './overview.ts';

export const healthRoutes =
  ({ overview, choice }: Readonly<{ overview: Overview; choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/health',
      {
        schema: {
          operationId: 'app.getHealth',
          summary: 'How the house is doing, in numbers',
          tags: ['health'],
          querystring: Type.Object(PersonQuery),
          response: { 200: Health, '4xx': Problem },
        },
      },
      async (request) => overview(await choice.whose(callerOf(request), request.query.person)),
    );
  };
