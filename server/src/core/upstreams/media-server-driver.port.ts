import type { CallOptions, MediaServer, UpstreamConnection, UpstreamUser } from './media-server.port.ts';
import type { PlaybackWebhook } from './playback-webhook.port.ts';

export type IssuedToken = Readonly<{ token: string; userId: string; userName: string; serverUuid?: string }>;

/** Another address under which the same vendor's servers are found (Plex resources). */
export type DiscoveredServer = Readonly<{
  name: string;
  uuid: string;
  uri: string;
  address?: string;
  port?: number;
  local: boolean;
  owned: boolean;
  version?: string;
  /** What opens that server, where it is not the token with which it was found. */
  token?: string;
}>;

/** Whose token is wanted. An empty PIN says that none of the connection's options is theirs. */
export type HouseholdUser = Pick<UpstreamUser, 'id' | 'uuid'> &
  Partial<Pick<UpstreamUser, 'name' | 'admin' | 'protected'>> &
  Readonly<{ pin?: string }>;

/** Somebody who has proved to the vendor who they are. */
export type ProvedUser = Readonly<{
  /** For people. */
  name: string;
  /** Whether that user of that server is them. */
  is(user: Readonly<{ serverUuid: string; userId: string }>): boolean;
}>;

/** A sign-in at a page of the vendor's. */
export type BrowserSignIn = Readonly<{
  /** `ticket` is for `finish`, `url` for the person. */
  begin(options: CallOptions): Promise<Readonly<{ ticket: string; url: string }>>;
  /** Undefined until the person has signed in there. Throws `upstream-not-found` for a ticket that has ended. */
  finish(ticket: string, options: CallOptions): Promise<ProvedUser | undefined>;
}>;

/** A sign-in that the person agrees to elsewhere: on a page of the vendor's, or by a code that they type on the server itself. */
export type DeviceSignIn = Readonly<{
  /** Whether it is asked of one server, and needs its address; else of the vendor. */
  atServer: boolean;
  /** `ticket` is for `finish`; `url` and `code` are for the person. Throws `upstream-rejected` where the server has this switched off. */
  begin(place: Readonly<{ url: string }>, options: CallOptions): Promise<Readonly<{ ticket: string; url?: string; code?: string }>>;
  /** Undefined until the person has agreed. Throws `upstream-not-found` for a ticket that has ended. */
  finish(
    ticket: string,
    place: Readonly<{ url: string }>,
    options: CallOptions,
  ): Promise<(Pick<IssuedToken, 'token' | 'userName'> & Partial<IssuedToken>) | undefined>;
}>;

/** What one vendor's room offers. Optional members are absent where the vendor has no such thing. */
export type MediaServerDriver = Readonly<{
  /** `plex`, `jellyfin`, `emby`. */
  type: string;
  title: string;
  webhook: PlaybackWebhook;
  /** Steps, in order, by which a person sends this server's events to `url`. */
  webhookSteps(url: string): readonly string[];
  /** The page of an item in the vendor's own web app. */
  webUrl(place: Readonly<{ url: string; serverUuid: string; upstreamId: string }>): string;
  connect(connection: UpstreamConnection): MediaServer;
  /** A token for a user name and password. */
  signIn?(login: Readonly<{ url: string; username: string; password: string }>, options: CallOptions): Promise<IssuedToken>;
  /** A token for somebody who agrees elsewhere. */
  deviceSignIn?: DeviceSignIn;
  /** Who somebody is, by the vendor's own page. */
  signInInBrowser?: BrowserSignIn;
  /**
   * A token for another user of the household, with the power of the connection's own. Throws `invalid` with the option at fault where a PIN
   * is missing or wrong.
   */
  tokenForUser?(connection: UpstreamConnection, user: HouseholdUser, options: CallOptions): Promise<string>;
  discover?(token: string, options: CallOptions): Promise<readonly DiscoveredServer[]>;
  /** Users beyond the server's own list, where the vendor keeps them elsewhere (plex.tv home and friends). */
  listHouseholdUsers?(connection: UpstreamConnection, options: CallOptions): Promise<readonly UpstreamUser[]>;
}>;
