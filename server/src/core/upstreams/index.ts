export type {
  HouseholdSource,
  LeftAccount,
  LeftEntry,
  LeftHousehold,
  LeftPerson,
  Refusal,
  ToldCopy,
  ToldRecord,
  ToldTitle,
} from './household-source.port.ts';
export { imageOf } from './image-of.ts';
export type {
  CallOptions,
  ImageKind,
  ImageSource,
  MediaServer,
  NowPlaying,
  ServerIdentity,
  ServerProbe,
  UpstreamCapabilities,
  UpstreamConnection,
  UpstreamImage,
  UpstreamSession,
  UpstreamUser,
  UserDirectory,
  ViewingSink,
  ViewingSource,
} from './media-server.port.ts';
export type {
  BrowserSignIn,
  DiscoveredServer,
  HouseholdUser,
  IssuedToken,
  MediaServerDriver,
  ProvedUser,
} from './media-server-driver.port.ts';
export type {
  MetadataSource,
  MetadataSourceConnection,
  MetadataSourceDriver,
  PictureKind,
  SourceEpisode,
  SourceFacts,
  SourceHit,
  SourceKind,
  SourcePage,
  SourceQuery,
  SourceRef,
  SourceStatus,
  SourceTitle,
} from './metadata-source.port.ts';
export type { IncomingWebhook, PlaybackWebhook, WebhookHints, WebhookPoke, WebhookReading } from './playback-webhook.port.ts';
export type {
  AskOutcome,
  DeskConnection,
  DeskIdentity,
  DeskKind,
  DeskListing,
  DeskMediaStatus,
  DeskRequest,
  DeskRequestStatus,
  DeskRights,
  DeskSeason,
  DeskUser,
  DeskUserOptions,
  NewDeskRequest,
  RequestDesk,
  RequestDeskDriver,
} from './request-desk.port.ts';
export type { FavouriteSink, RatingSink, ShelfSource, UpstreamShelfItem } from './shelf.port.ts';
export type {
  ItemPage,
  RecallPage,
  SkippedItem,
  UpstreamFile,
  UpstreamItem,
  UpstreamLibrary,
  UpstreamShow,
  UpstreamState,
} from './upstream-item.ts';
export { withRaw } from './with-raw.ts';
