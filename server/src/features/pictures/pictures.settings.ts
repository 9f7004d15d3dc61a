import { Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';

/** How much of the posters lies on the disk at most. */
export const POSTER_CACHE = defineSetting({
  key: 'pictures.cache-megabytes',
  schema: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  default: 500,
  scope: 'house',
  description: 'How many megabytes of posters are kept in the data folder. What was looked at longest ago goes first; 0 keeps none.',
});
