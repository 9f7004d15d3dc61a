import { Type } from '@fastify/type-provider-typebox';
import type { Catalogue } from '#features/catalogue/index.ts';
import { isRecord } from '#kernel/json.ts';
import { anyKnownApp } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { detailOf, episodeOf, pageOf, ratingOf, trailerOf } from './titles.shape.ts';
import { namedInQuery, toldText } from './told-title.ts';

export type TitleRoutesDeps = Readonly<{ catalogue: Pick<Catalogue, 'byKey' | 'episodes' | 'findAll'> }>;

const tags = ['simkl/titles'];
const Key = Type.Object({ key: Type.String({ maxLength: 100 }) });
const KEY = /^(?:\d{1,19}|tt\d{1,19})$/;
const NOWHERE = '//simkl.com';

/** Under each of these paths: which titles it shows. Anime may be a series or a movie. */
const PLACES = { movies: 'movie', tv: 'show', anime: 'any' } as const;

/** What is known of a title. An app needs nobody behind it. */
export function titleRoutes(app: SimklScope, { catalogue }: TitleRoutesDeps): void {
  const config = anyKnownApp;

  for (const [place, kind] of Object.entries(PLACES)) {
    app.get(
      `/${place}/:key`,
      { config, schema: { operationId: `simkl.${place}`, summary: 'All that is known of a title', tags, params: Key } },
      async ({ params: { key }, query }) => {
        const title = await catalogue.byKey(kind, soundKey(key));
        if (!title) return [];
        const mapped = isRecord(query) && query.extended === 'full_anime_seasons';
        return detailOf(title, title.media.kind === 'show' ? await catalogue.episodes(title.id) : [], { mapped });
      },
    );
  }

  for (const place of ['tv', 'anime'] as const) {
    app.get(`/${place}/episodes`, { config, schema: { hide: true } }, async () => {
      throw refusal('empty_id', 'Name the title: its number, or its imdb id.');
    });
    app.get(
      `/${place}/episodes/:key`,
      { config, schema: { operationId: `simkl.${place}Episodes`, summary: 'The episodes that are known', tags, params: Key } },
      async ({ params: { key } }) => {
        const title = await catalogue.byKey('show', soundKey(key));
        if (!title) return [];
        return (await catalogue.episodes(title.id)).map((episode) => episodeOf(episode, title.shelf === 'anime'));
      },
    );
  }

  app.get(
    '/redirect',
    { config, schema: { operationId: 'simkl.redirect', summary: 'Where the page of a title is', tags } },
    async ({ query }, reply) => {
      const given = isRecord(query) ? query : {};
      const [title] = await catalogue.findAll(namedInQuery(given), given.type === 'movie' ? ['movie'] : ['show', 'movie']);
      const trailer = toldText(given.to)?.toLowerCase() === 'trailer' ? title && trailerOf(title) : undefined;
      return reply.redirect(trailer ?? (title ? `${NOWHERE}${pageOf(title)}` : NOWHERE), 301);
    },
  );

  app.get(
    '/ratings',
    { config, schema: { operationId: 'simkl.titleRatings', summary: 'What others think of a title', tags } },
    async ({ query }) => {
      const given = isRecord(query) ? query : {};
      const [title] = await catalogue.findAll(namedInQuery(given), given.type === 'movie' ? ['movie'] : ['show', 'movie']);
      return title ? ratingOf(title, toldText(given.fields)) : [];
    },
  );
}

/** Words stand for pages that are not served here. */
function soundKey(key: string): string {
  const plain = key.trim().toLowerCase();
  if (!KEY.test(plain)) throw refusal('url_failed', 'There is no such page here. Titles are named by their number or their imdb id.');
  return plain;
}
