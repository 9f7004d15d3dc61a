import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type Instant, toIso } from '#kernel/instant.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Problem } from './contract.ts';
import { Count, OneOf, Time } from './contract-words.ts';

/** What a house is, and where it keeps things. Sizes in bytes. */
export type AboutDesk = Readonly<{
  read(): Promise<
    Readonly<{
      version: string;
      licence: string;
      startedAt: Instant;
      runtime: string;
      dataFolder: Readonly<{ path: string; bytes: number }>;
      database: Readonly<{ kind: 'sqlite' | 'postgres'; place: string }>;
    }>
  >;
}>;

export type AboutRoutesDeps = Readonly<{ about: AboutDesk }>;

const About = Type.Object({
  version: Type.String(),
  licence: Type.String({ description: 'As SPDX spells it' }),
  started_at: Time,
  runtime: Type.String(),
  data_folder: Type.Object({ path: Type.String(), bytes: Count }),
  database: Type.Object({ kind: OneOf(['sqlite', 'postgres']), place: Type.String({ description: 'Without its password' }) }),
});

export const aboutRoutes =
  ({ about, choice }: AboutRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/about',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.getAbout',
          summary: 'Which version this is, and where it keeps what',
          tags: ['health'],
          response: { 200: About, '4xx': Problem },
        },
      },
      async (request) => {
        choice.mine(callerOf(request), undefined);
        const { startedAt, dataFolder, database, ...rest } = await about.read();
        return { ...rest, started_at: toIso(startedAt), data_folder: { ...dataFolder }, database: { ...database } };
      },
    );
  };
