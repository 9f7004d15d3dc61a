import { Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';

/** What a person chose about watch-sync. */
export const REPLAY = defineSetting({
  key: 'watch-sync.replay',
  schema: Type.Boolean(),
  default: false,
  scope: 'house',
  description: 'Whether the position of a title that is watched already travels to the other servers when it is begun again.',
});
