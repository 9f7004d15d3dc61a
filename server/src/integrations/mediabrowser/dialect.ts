import type { UpstreamCapabilities, UpstreamState } from '#core/upstreams/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { HttpQuery } from '#platform/http-client/index.ts';

export type Place = Readonly<{ path: string; query?: HttpQuery }>;

/** Where one version of one vendor keeps things. Ids in paths are encoded by whoever writes the path. */
export type Routes = Readonly<{
  headers(token: string): Readonly<Record<string, string>>;
  items(userId: string): Place;
  /** Added to every item query: the members of an item that are sent only on demand, what is not listed, … */
  itemQuery: HttpQuery;
  /** How the vendor spells a query's name: `StartIndex` or `startIndex`. */
  spell(name: string): string;
  views(userId: string): Place;
  user(userId: string): Place;
  users: Place;
  ancestors(userId: string, itemId: string): Place;
  played(userId: string, itemId: string): Place;
  favourite(userId: string, itemId: string): Place;
  datePlayed(at: Instant): string;
  /** Absent where the version takes no user data from outside: no positions, and no counts. */
  userData?(userId: string, itemId: string): Place;
}>;

/** What the members of the family do differently. */
export type Dialect = Readonly<{
  /** `jellyfin`, `emby`. */
  type: string;
  title: string;
  capabilities: UpstreamCapabilities;
  routes(version: string): Routes;
  /** True where the version changes the routes, so that the server must be asked for it first. */
  routesDependOnVersion: boolean;
  /** True where a write of user data takes absent members for false: the state is then read first and sent along. */
  userDataIsWhole: boolean;
  /** The body of a position's write; `now` is the state as it is, where it was read first. */
  positionBody(position: Readonly<{ ticks: number; at: Instant; played: boolean; now?: UpstreamState }>): Readonly<Record<string, unknown>>;
  /** The body of a count's write, for an item that has just been marked and is said to stand at `now`. */
  countBody(count: Readonly<{ playCount: number; at: Instant; now: UpstreamState }>): Readonly<Record<string, unknown>>;
  /** Headers of a sign-in, which has no token yet. */
  signInHeaders: Readonly<Record<string, string>>;
}>;

export const at = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;
