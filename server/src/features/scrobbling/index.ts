export { createKeptPlaybacks, type KeptPlayback } from './kept-playbacks.ts';
export type { Playback } from './plan-playbacks.ts';
export { scrobblingMigrations } from './scrobbling.schema.store.ts';
export {
  createScrobbling,
  type NamedPlay,
  type PlaybackFilter,
  type RewatchVerdict,
  type Scrobble,
  type ScrobbleOutcome,
  type Scrobbling,
  type ScrobblingDeps,
} from './scrobbling.ts';
