export type {
  CallOptions,
  MediaServer,
  NowPlaying,
  ServerIdentity,
  ServerProbe,
  UpstreamCapabilities,
  UpstreamConnection,
  UpstreamSession,
  UpstreamUser,
  UserDirectory,
  ViewingSink,
  ViewingSource,
} from './media-server.port.ts';
export type { DiscoveredServer, IssuedToken, MediaServerDriver } from './media-server-driver.port.ts';
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
