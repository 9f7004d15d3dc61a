import { Type } from 'typebox';
import { defineSetting, type SettingDefinition } from '#core/settings/index.ts';

/** The household's own app at a tracker, for connections that bring none of their own. */
export const TRACKER_APP = {
  clientId: defineSetting({
    key: 'tracker-sync.client-id',
    schema: Type.String({ maxLength: 200 }),
    default: '',
    scope: 'house',
    description: 'The client id of an app (V2) that you registered at Simkl, for connections that name none.',
  }),
  clientSecret: defineSetting({
    key: 'tracker-sync.client-secret',
    schema: Type.String({ maxLength: 500 }),
    default: '',
    scope: 'house',
    secret: true,
    description: 'The secret of that app, where it has one.',
  }),
} as const;

/** For the registry. */
export const trackerSyncSettings = (): readonly SettingDefinition[] => Object.values(TRACKER_APP) as readonly SettingDefinition[];
