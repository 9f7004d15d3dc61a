import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { AnimeCoordinates } from '#core/media/index.ts';
import type { MappingImports, Metadata } from '#features/metadata/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { seconds, toIso } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { JobQueued, Nothing, Problem, TextParams } from './contract.ts';
import { coordinatesShape } from './coordinates.shape.ts';
import { CoordinateQuery, CoordinatesShown, KeyProven, LoadedMapping, MappingWish, MetadataState } from './metadata.shape.ts';

export type MetadataRoutesDeps = Readonly<{
  metadata: Pick<Metadata, 'standing' | 'check' | 'forget'>;
  mappingImports: Pick<MappingImports, 'ask'>;
  animeCoordinates: Pick<AnimeCoordinates, 'loaded' | 'forget' | 'toTvdb' | 'toNative'>;
}>;

const tags = ['metadata'];
const MOST_BYTES = 64 * 1_048_576;

/** What is known of titles from elsewhere, and the mapping of anime. */
export const metadataRoutes =
  ({ metadata, mappingImports, animeCoordinates, note }: MetadataRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const admin = demand('admin');
    const problems = { '4xx': Problem, '5xx': Problem };

    app.get(
      '/metadata',
      {
        config: admin,
        schema: {
          operationId: 'app.getMetadata',
          summary: 'How far the source of metadata was asked about what is tracked',
          tags,
          response: { 200: MetadataState, ...problems },
        },
      },
      async () => {
        const { source, hasKey, callsToday, callsADay, titles, due, failed } = await metadata.standing();
        const { 'no-ids': noIds, ...counts } = titles;
        return {
          source,
          has_key: hasKey,
          calls_today: callsToday,
          calls_a_day: callsADay,
          due,
          titles: { ...counts, no_ids: noIds },
          failed: failed.map(({ media, title, fault, retryAt }) => ({ media_id: media, title, fault, retry_at: toIso(retryAt) })),
        };
      },
    );

    app.post(
      '/metadata/check',
      {
        config: admin,
        schema: {
          operationId: 'app.checkMetadataKey',
          summary: 'Whether the source of metadata takes the key of the settings',
          tags,
          response: { 200: KeyProven, ...problems },
        },
      },
      async () => {
        await metadata.check(AbortSignal.timeout(seconds(15)));
        return { accepted: true as const };
      },
    );

    app.delete(
      '/metadata',
      {
        config: admin,
        schema: {
          operationId: 'app.forgetMetadata',
          summary: 'Forget what the source told; it is asked for again at the next run',
          tags,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        await metadata.forget();
        await note(callerOf(request), { verb: 'metadata.forgotten', subject: 'metadata' });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/anime/mappings',
      {
        schema: {
          operationId: 'app.listAnimeMappings',
          summary: 'The mapping files that are loaded',
          tags,
          response: { 200: Type.Array(LoadedMapping), ...problems },
        },
      },
      async () => (await animeCoordinates.loaded()).map(({ importedAt, ...mapping }) => ({ ...mapping, imported_at: toIso(importedAt) })),
    );

    app.post(
      '/anime/mappings',
      {
        bodyLimit: MOST_BYTES,
        config: admin,
        schema: {
          operationId: 'app.importAnimeMapping',
          summary: 'Show what a mapping file would change, or load it; the job has the report',
          tags,
          body: MappingWish,
          response: { 202: JobQueued, ...problems },
        },
      },
      async (request, reply) => {
        const { content, apply = false } = request.body;
        const id = await mappingImports.ask(content, { apply });
        await note(callerOf(request), { verb: 'anime-mapping.asked-for', subject: 'anime mapping', detail: { apply, jobId: id } });
        return reply.code(202).send({ job_id: id, coalesced: false });
      },
    );

    app.delete(
      '/anime/mappings/:id',
      {
        config: admin,
        schema: {
          operationId: 'app.forgetAnimeMapping',
          summary: 'Forget the mapping of a format',
          tags,
          params: TextParams,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        if (!(await animeCoordinates.forget(id))) throw new AppError('not-found', `There is no mapping of the format ${id}.`);
        await note(callerOf(request), { verb: 'anime-mapping.forgotten', subject: id });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/anime/coordinates',
      {
        schema: {
          operationId: 'app.getAnimeCoordinates',
          summary: 'Where an episode of anime is in the other numbering: of TVDB for an id of an anime site, and the other way round',
          tags,
          querystring: CoordinateQuery,
          response: { 200: CoordinatesShown, ...problems },
        },
      },
      async ({ query: { provider, id, season = 1, number, special = false } }) => {
        const [answer] =
          provider === 'tvdb'
            ? await animeCoordinates.toNative([{ tvdb: id, season, number }])
            : await animeCoordinates.toTvdb([{ provider, id, number, special }]);
        return coordinatesShape(answer ?? 'unmapped');
      },
    );
  };
