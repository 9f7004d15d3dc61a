import { it } from 'vitest';
import type { FakeMediaServer, FakeTitle, FakeUser } from './media-server.fake.ts';
import type { CallOptions, MediaServer, UpstreamConnection } from './media-server.port.ts';
import type { MediaServerDriver } from './media-server-driver.port.ts';
import type { UpstreamLibrary } from './upstream-item.ts';

/** A vendor's adapter and its fake, freshly opened for one test. */
export type MediaServerBench = Readonly<{
  fake: FakeMediaServer;
  driver: MediaServerDriver;
  connection(user: FakeUser): UpstreamConnection;
  close(): Promise<void>;
}>;

/** What the suite cannot learn from the capabilities. */
export type MediaServerTraits = Readonly<{
  /** The server sends an event when somebody presses its mark buttons (Plex does not). */
  marksSendEvents: boolean;
  /** False for versions that take no positions from outside: they must say so. Default true. */
  takesPositions?: boolean;
}>;

export const WATCHED_AT = Date.UTC(2024, 5, 1, 21, 10, 0);
export const ADDED_AT = Date.UTC(2024, 4, 1, 10, 0, 0);
export const MOVIE: FakeTitle = {
  kind: 'movie',
  title: 'Le Fabuleux Destin d’Amélie Poulain',
  year: 2001,
  ids: { imdb: 'tt0211915', tmdb: '194' },
  path: '/media/movies/Amélie (2001)/Amélie (2001).mkv',
  addedAt: ADDED_AT,
  durationMs: 7_320_000,
  overview: 'A waitress mends the lives around her.',
  genres: ['Comedy', 'Romance'],
  releasedOn: '2001-04-25',
};
export const options = (): CallOptions => ({ signal: AbortSignal.timeout(8_000) });

export async function libraryOf(server: MediaServer, id: string): Promise<UpstreamLibrary> {
  const library = (await server.listLibraries(options())).find((each) => each.id === id);
  if (!library) throw new Error(`The server lists no library ${id}.`);
  return library;
}

/** A test of those servers for which it means something; for the others there is none, rather than one that is skipped. */
export const when = (applies: boolean): ((name: string, test: () => Promise<void>) => void) => (applies ? it : () => undefined);
