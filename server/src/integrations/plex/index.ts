export type { PlexDriver, PlexDriverDeps } from './plex-driver.ts';
export { createPlexDriver } from './plex-driver.ts';
export type { PlexPin } from './plex-tv.ts';
