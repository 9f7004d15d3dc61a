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
  ItemPage,
  RecallPage,
  SkippedItem,
  UpstreamFile,
  UpstreamItem,
  UpstreamLibrary,
  UpstreamShow,
  UpstreamState,
} from './upstream-item.ts';
