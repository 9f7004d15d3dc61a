/** Where the tracker's verbs are. Whatever is asked below them is answered in this dialect. */
export const TRACKER_ROOTS: readonly string[] = [
  '/sync',
  '/scrobble',
  '/checkin',
  '/search',
  '/movies',
  '/tv',
  '/anime',
  '/users',
  '/ratings',
  '/redirect',
];

/** The doors of the two generations of apps, and what is below them. */
export const OAUTH_V1 = '/oauth';
export const OAUTH_V2 = '/oauth2';
/** Where people type the short code of a device. */
export const PIN_PAGE = '/pin';
export const DISCOVERY = '/.well-known/oauth-authorization-server';

/** All that this surface claims for itself: these paths, and what is below them. */
export const SIMKL_PATHS: readonly string[] = [...TRACKER_ROOTS, OAUTH_V1];
