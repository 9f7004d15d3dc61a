export type { SeerrDriver, SeerrDriverDeps } from './seerr-driver.ts';
export { createSeerrDriver } from './seerr-driver.ts';
