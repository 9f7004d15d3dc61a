/** The published APIs, as credentials know them. */
export type Surface = 'watchstate' | 'app' | 'huntarr' | 'seerr-sync' | 'oxicleanarr' | 'simkl';

/** What a credential is issued for: one surface, or `api`, which is every surface that takes our own keys and sign-ins. */
export type Audience = 'api' | Surface;

export const AUDIENCES: readonly Audience[] = ['api', 'watchstate', 'app', 'huntarr', 'seerr-sync', 'oxicleanarr', 'simkl'];

/** Simkl's apps come with grants of their own; a key of the house is never accepted there by accident. */
const OPENED_BY_API: Readonly<Record<Surface, boolean>> = {
  watchstate: true,
  app: true,
  huntarr: true,
  'seerr-sync': true,
  oxicleanarr: true,
  simkl: false,
};

export const opens = (audience: Audience, surface: Surface): boolean =>
  audience === surface || (audience === 'api' && OPENED_BY_API[surface]);
