import { SIMKL_PATHS } from '#surfaces/simkl/index.ts';

/** Which paths belong to which surface: each of these, and whatever is below it. `/` is that page alone. */
export const SURFACE_CLAIMS = {
  watchstate: ['/v1/api'],
  'seerr-sync': ['/api/seerr-sync'],
  app: ['/api/v1', '/api/docs', '/api/openapi', '/api/openapi.json', '/livez', '/readyz', '/metrics', '/app', '/'],
  simkl: SIMKL_PATHS,
} as const satisfies Readonly<Record<string, readonly string[]>>;
