import { type Static, Type } from '@fastify/type-provider-typebox';
import type { Account } from '#core/connections/index.ts';
import type { MediaServerDriver, UpstreamItem } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import type { MediaId } from '#kernel/ids.ts';
import { toUnix } from '#kernel/instant.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()]);
const Guids = Type.Object({}, { additionalProperties: Type.String() });

/** An item of a server, in the words of the history; `id` is that of its row there, or null where it has none. */
export const FoundItem = Type.Object({
  id: orNull(Type.Integer()),
  type: Type.String(),
  title: Type.String(),
  year: orNull(Type.Integer()),
  season: orNull(Type.Integer()),
  episode: orNull(Type.Integer()),
  parent: Guids,
  guids: Guids,
  watched: Type.Integer(),
  updated: orNull(Type.Integer()),
  progress: orNull(Type.Integer()),
  via: Type.String(),
  webUrl: Type.String(),
  content_title: orNull(Type.String()),
  content_path: orNull(Type.String()),
  content_overview: orNull(Type.String()),
  content_genres: Type.Array(Type.String()),
  metadata: Type.Object(
    {},
    { additionalProperties: Type.Object({ id: Type.String(), library: Type.String(), watched: Type.String(), type: Type.String() }) },
  ),
  raw: Type.Optional(Type.Unknown()),
});

const guidsOf = (ids: ExternalIds): Record<string, string> =>
  Object.fromEntries(Object.entries(ids).map(([provider, id]) => [`guid_${provider}`, id]));

const atOf = ({ state, addedAt }: UpstreamItem): number | null => {
  const at = state.played ? (state.lastPlayedAt ?? addedAt) : addedAt;
  return at === undefined ? null : toUnix(at);
};

type Context = Readonly<{ account: Account; driver: MediaServerDriver; known: readonly MediaId[] }>;

export function foundRow(item: UpstreamItem, { account, driver, known }: Context): Static<typeof FoundItem> {
  const { server, name } = account;
  const watched = item.state.played ? 1 : 0;
  return {
    id: known[0] ?? null,
    type: item.kind,
    title: item.show?.title ?? item.title,
    year: item.year ?? item.show?.year ?? null,
    season: item.season ?? null,
    episode: item.episodes?.[0] ?? null,
    parent: guidsOf(item.show?.ids ?? {}),
    guids: guidsOf(item.ids),
    watched,
    updated: atOf(item),
    progress: watched === 1 || item.state.positionMs <= 0 ? null : Math.round(item.state.positionMs),
    via: name,
    webUrl: driver.webUrl({ url: server.url, serverUuid: server.uuid, upstreamId: item.upstreamId }),
    content_title: item.kind === 'episode' ? item.title : null,
    content_path: item.files[0]?.path ?? null,
    content_overview: item.overview ?? null,
    content_genres: item.genres.map((genre) => genre.toLowerCase()),
    metadata: { [name]: { id: item.upstreamId, type: item.kind, watched: String(watched), library: item.libraryId } },
  };
}
