import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Demo, DemoState } from '#features/demo/index.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { DemoShown, Problem } from './contract.ts';

export type DemoRoutesDeps = Readonly<{ demo: Pick<Demo, 'state' | 'begin' | 'end'>; basePath: string }>;

const tags = ['demo'];

const shown = ({ since, offered, people }: DemoState) => ({
  here: since !== undefined,
  since: isoOrNull(since),
  offered,
  people: [...people],
});

/** The demo household: to look around in before anything is connected. */
export const demoRoutes =
  ({ demo, basePath, note }: DemoRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/demo',
      {
        schema: {
          operationId: 'app.getDemo',
          summary: 'Whether the demo household is here, and whether it may come',
          tags,
          response: { 200: DemoShown, '4xx': Problem },
        },
      },
      async () => shown(await demo.state()),
    );

    app.post(
      '/demo',
      {
        config: demand('owner'),
        schema: {
          operationId: 'app.beginDemo',
          summary: 'Has the demo household come: three people, three servers. Only where nothing is connected and nothing is known',
          tags,
          response: { 201: DemoShown, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request, reply) => {
        // Its servers run in this process, and find the house where this request found it.
        const { localPort } = request.raw.socket;
        const hookBase = localPort === undefined ? undefined : `http://127.0.0.1:${localPort}${basePath}`;
        const state = await demo.begin({ hookBase });
        await note(callerOf(request), { verb: 'demo.began', subject: 'The demo household' });
        return reply.code(201).send(shown(state));
      },
    );

    app.delete(
      '/demo',
      {
        config: demand('owner'),
        schema: {
          operationId: 'app.endDemo',
          summary: 'Takes away all that came with the demo household',
          tags,
          response: { 200: DemoShown, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => {
        const state = await demo.end();
        await note(callerOf(request), { verb: 'demo.ended', subject: 'The demo household' });
        return shown(state);
      },
    );
  };
