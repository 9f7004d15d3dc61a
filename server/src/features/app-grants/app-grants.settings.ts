import { Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';

/** Whether an app that nobody has registered can be approved. */
export const OPEN_REGISTRATION = defineSetting({
  key: 'apps.open-registration',
  schema: Type.Boolean(),
  default: true,
  scope: 'house',
  description:
    'Whether people may let in an app that nobody has registered here. While it is off, only apps that are known already can be approved.',
});
