import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox';
import type { Media } from '#core/media/index.ts';
import type { HistoryEntry, PlayTold, Report } from '#core/viewing/index.ts';
import type { DescribedFile, DescribedHardware, ReportedFile } from '#features/player/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { type Instant, toAtom, toUnix } from '#kernel/instant.ts';

const MaybeText = Type.Unsafe<string | null>({ type: ['string', 'null'] });
const MaybeNumber = Type.Unsafe<number | null>({ type: ['integer', 'null'] });
const mapOf = <T extends TSchema>(value: T) =>
  Type.Unsafe<Readonly<Record<string, Static<T>>>>({ type: 'object', additionalProperties: value });
const Guids = mapOf(Type.String());
const Names = Type.Array(Type.String());
const Ids = Type.Array(Type.Integer());

/** One backend's word. Numbers are texts, as scripts have known them from the start; `multi` and `extra` are not. */
const Metadata = Type.Object({
  id: Type.String(),
  type: Type.String(),
  watched: Type.String(),
  via: Type.String(),
  title: Type.String(),
  guids: Guids,
  added_at: Type.Optional(Type.String()),
  played_at: Type.Optional(Type.String()),
  progress: Type.String(),
  rating: Type.Optional(Type.String()),
  library: Type.String(),
  show: Type.Optional(Type.String()),
  season: Type.Optional(Type.String()),
  episode: Type.Optional(Type.String()),
  parent: Type.Optional(Guids),
  year: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
  multi: Type.Boolean(),
  extra: Type.Object({
    title: Type.Optional(Type.String()),
    overview: Type.Optional(Type.String()),
    genres: Type.Optional(Names),
    date: Type.Optional(Type.String()),
    favorite: Type.Optional(Type.Integer()),
  }),
  webUrl: MaybeText,
});
type Metadata = Static<typeof Metadata>;

export const HistoryRow = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  updated: Type.Integer(),
  watched: Type.Integer(),
  via: Type.String(),
  title: Type.String(),
  year: MaybeNumber,
  season: MaybeNumber,
  episode: MaybeNumber,
  parent: Guids,
  guids: Guids,
  metadata: mapOf(Metadata),
  extra: mapOf(Type.Object({ event: Type.String(), received_at: Type.String() })),
  created_at: Type.Integer(),
  updated_at: Type.Integer(),
  progress: MaybeNumber,
  event: MaybeText,
  content_title: MaybeText,
  content_path: MaybeText,
  content_overview: MaybeText,
  content_genres: Names,
  rguids: Guids,
  reported_by: Names,
  not_reported_by: Names,
  webUrl: MaybeText,
  isTainted: Type.Boolean(),
  duplicate_reference_ids: Ids,
  play_count: Type.Integer(),
  plays: Type.Array(Type.Object({ at: MaybeNumber, backend: MaybeText, how: MaybeText })),
});
export type HistoryRow = Static<typeof HistoryRow>;

const Told = Type.Unsafe<object>({ type: 'object', additionalProperties: true });

/** `state` and `error` are ours. */
const File = Type.Object({
  path: Type.String(),
  source: Names,
  ffprobe: Type.Unsafe<DescribedFile['ffprobe']>(Type.Object({ streams: Type.Array(Told), format: Told })),
  subtitles: Names,
  state: Type.String(),
  error: Type.Optional(Type.String()),
});

const Hardware = Type.Object({
  codecs: Type.Array(Type.Object({ codec: Type.String(), name: Type.String(), hwaccel: Type.Boolean() })),
  devices: Names,
});

export const SingleRow = Type.Object({
  ...HistoryRow.properties,
  content_exists: Type.Boolean(),
  files: Type.Optional(Type.Array(File)),
  hardware: Type.Optional(Hardware),
});

/** Every file that a backend names for the title. */
export const reportedFiles = ({ reports }: HistoryEntry): readonly ReportedFile[] =>
  reports.flatMap(({ account, copy }) => copy.files.map(({ path }) => ({ account, path })));

export const fileOf = ({ standing, source, subtitles, ...file }: DescribedFile): Static<typeof File> => ({
  ...file,
  source: [...source],
  subtitles: [...subtitles],
  state: standing,
});

export const hardwareOf = ({ codecs, devices }: DescribedHardware): Static<typeof Hardware> => ({
  codecs: [...codecs],
  devices: [...devices],
});

const Paging = Type.Object({
  total: Type.Integer(),
  perpage: Type.Integer(),
  current_page: Type.Integer(),
  first_page: Type.Integer(),
  next_page: MaybeNumber,
  prev_page: MaybeNumber,
  last_page: Type.Integer(),
});

export const HistoryList = Type.Object({
  paging: Paging,
  filters: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }),
  history: Type.Array(Type.Unsafe<Partial<HistoryRow>>({ type: 'object', properties: HistoryRow.properties, additionalProperties: true })),
  links: Type.Object({ self: Type.String(), first_url: Type.String(), next_url: MaybeText, prev_url: MaybeText, last_url: Type.String() }),
  searchable: Type.Array(Type.Object({ key: Type.String(), description: Type.String(), type: Type.String() })),
});

export const Duplicates = Type.Object({ duplicate_reference_ids: Ids });
export const Watched = Type.Object({ watched: Type.Boolean() });
export const References = mapOf(Type.Object({ id: Type.String(), status: Type.Boolean(), message: Type.String() }));

const guidsOf = (ids: ExternalIds): Record<string, string> =>
  Object.fromEntries(Object.entries(ids).map(([provider, value]) => [`guid_${provider}`, value]));
const secondsOf = (instant: Instant): string => String(toUnix(instant));
const workTitle = (media: Media): string => (media.kind === 'episode' ? (media.show?.title ?? '') : media.title);

/** The row as the page shows it. `webUrlOf` answers null where there is no such page. */
export function rowOf(entry: HistoryEntry, webUrlOf: (report: Report) => string | null): HistoryRow {
  const { media, viewing, reports } = entry;
  const spoken = reports.find((report) => report.account.id === entry.via?.id) ?? reports[0];
  const parent = media.show?.ids ?? {};
  return {
    id: media.id,
    type: media.kind,
    updated: toUnix(viewing.changedAt),
    watched: Number(viewing.watched),
    via: entry.via?.name ?? spoken?.account.name ?? '',
    title: workTitle(media),
    year: media.year ?? media.show?.year ?? null,
    season: media.season ?? null,
    episode: media.episode ?? null,
    parent: guidsOf(parent),
    guids: guidsOf(media.ids),
    metadata: Object.fromEntries(reports.map((report) => [report.account.name, metadataOf(media, report, webUrlOf(report))])),
    extra: Object.fromEntries(reports.map((report) => [report.account.name, extraOf(entry, report)])),
    created_at: toUnix(viewing.createdAt),
    updated_at: toUnix(viewing.updatedAt),
    progress: viewing.positionMs > 0 ? viewing.positionMs : null,
    event: viewing.event ?? spoken?.observation.event ?? null,
    content_title: media.kind === 'episode' ? media.title : null,
    ...contentOf(spoken),
    rguids: guidsOf(
      Object.fromEntries(Object.entries(parent).map(([name, id]) => [name, `${id}/${media.season ?? 0}/${media.episode ?? 0}`])),
    ),
    reported_by: reports.map((report) => report.account.name),
    not_reported_by: entry.silent.map((account) => account.name),
    webUrl: spoken === undefined ? null : webUrlOf(spoken),
    isTainted: false,
    duplicate_reference_ids: [...entry.duplicates],
    play_count: entry.plays.length,
    plays: entry.plays.map((play) => playOf(entry, play)),
  };
}

const contentOf = (report: Report | undefined): Pick<HistoryRow, 'content_path' | 'content_overview' | 'content_genres'> => ({
  content_path: report?.copy.path ?? null,
  content_overview: report?.copy.detail.overview ?? null,
  content_genres: lowered(report?.copy.detail.genres ?? []),
});

const lowered = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());

function playOf({ reports, silent }: HistoryEntry, { at, accountId, how }: PlayTold): HistoryRow['plays'][number] {
  const account = [...reports.map((report) => report.account), ...silent].find((one) => one.id === accountId);
  return { at: at === undefined ? null : toUnix(at), backend: account?.name ?? null, how: how ?? null };
}

/** The event that decided is that of the account which decided, also where a person spoke for it here. */
function extraOf({ viewing, via }: HistoryEntry, { account, observation }: Report): HistoryRow['extra'][string] {
  const told = { event: observation.event ?? 'task.import', received_at: toAtom(observation.at) };
  if (via?.id !== account.id || viewing.event === undefined || viewing.event === told.event) return told;
  return { event: viewing.event, received_at: toAtom(viewing.updatedAt) };
}

function metadataOf(media: Media, report: Report, webUrl: string | null): Metadata {
  const { account, copy, observation } = report;
  const { detail } = copy;
  const isEpisode = copy.kind === 'episode';
  const year = detail.year ?? detail.show?.year;
  return {
    id: copy.upstreamId,
    type: copy.kind,
    watched: observation.played ? '1' : '0',
    via: account.name,
    title: isEpisode ? (detail.show?.title ?? workTitle(media)) : copy.title,
    guids: guidsOf(detail.ids),
    ...stateOf(report),
    library: copy.libraryId,
    ...(isEpisode && episodeOf(media, copy)),
    ...(year !== undefined && { year: String(year) }),
    ...(copy.path !== undefined && { path: copy.path }),
    multi: copy.episodes.length > 1,
    extra: { ...(isEpisode && { title: copy.title }), ...extrasOf(report) },
    webUrl,
  };
}

function stateOf({ copy, observation }: Report): Pick<Metadata, 'added_at' | 'played_at' | 'progress' | 'rating'> {
  const addedAt = observation.addedAt ?? copy.addedAt;
  return {
    ...(addedAt !== undefined && { added_at: secondsOf(addedAt) }),
    ...(observation.played && observation.lastPlayedAt !== undefined && { played_at: secondsOf(observation.lastPlayedAt) }),
    progress: observation.played ? '0' : String(observation.positionMs),
    ...(observation.rating !== undefined && { rating: String(observation.rating) }),
  };
}

const extrasOf = ({ copy: { detail }, observation }: Report): Metadata['extra'] => ({
  ...(detail.overview !== undefined && { overview: detail.overview }),
  ...(detail.genres && { genres: lowered(detail.genres) }),
  ...(detail.releasedOn !== undefined && { date: detail.releasedOn }),
  ...(observation.favorite !== undefined && { favorite: Number(observation.favorite) }),
});

/** The number that the server itself gives to this episode of its file. */
function episodeOf(media: Media, { showUpstreamId, season, detail, episodes, mediaIds }: Report['copy']) {
  const episode = episodes[mediaIds.indexOf(media.id)] ?? media.episode;
  return {
    ...(showUpstreamId !== undefined && { show: showUpstreamId }),
    ...(season !== undefined && { season: String(season) }),
    ...(episode !== undefined && { episode: String(episode) }),
    parent: guidsOf(detail.show?.ids ?? {}),
  };
}
