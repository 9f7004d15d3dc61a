export type { DescribedFile, DescribedHardware, ReportedFile } from './describe-files.ts';
export type { OfferedFile } from './offer-files.ts';
export { CACHE_SIZE, VIDEO_ENCODER } from './player.settings.ts';
export type { MadeSegment, Player, PlayerDeps, SignRequest } from './player.ts';
export { createPlayer } from './player.ts';
export type { SubtitleChoice } from './subtitles.ts';
