export { createTmdbDriver, type TmdbDriverDeps } from './tmdb-driver.ts';
