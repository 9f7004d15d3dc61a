import { Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';
import { ENCODERS } from './encoders.ts';

/** How much of what is made for players lies on the disk at most. */
export const CACHE_SIZE = defineSetting({
  key: 'player.cache-megabytes',
  schema: Type.Integer({ minimum: 200, maximum: 1_000_000 }),
  default: 2_000,
  scope: 'house',
  description:
    'How many megabytes of segments and subtitles are kept in the data folder for those who watch. What was used longest ago goes first.',
});

/** What encodes where nobody says it for one film. */
export const VIDEO_ENCODER = defineSetting({
  key: 'player.video-encoder',
  schema: Type.Union([Type.Literal('auto'), ...ENCODERS.map((encoder) => Type.Literal(encoder))]),
  default: 'auto',
  scope: 'house',
  description: 'What encodes pictures that cannot be copied: auto takes hardware where it works, else the processor (libx264).',
});
