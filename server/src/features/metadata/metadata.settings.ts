import { Type } from 'typebox';
import { defineSetting, type SettingDefinition } from '#core/settings/index.ts';

export type MetadataSettings = Readonly<{
  key: SettingDefinition<string>;
  language: SettingDefinition<string>;
  callsADay: SettingDefinition<number>;
}>;

/** What a household chooses of a source; the vendor's name is in the key alone. */
export const metadataSettingsOf = (vendor: string, called: string): MetadataSettings => ({
  key: defineSetting({
    key: `metadata.${vendor}-key`,
    schema: Type.String({ maxLength: 1_000, pattern: '^\\S*$' }),
    default: '',
    scope: 'house',
    secret: true,
    description: `Your own key of ${called} (API key or read access token). Without one nothing is asked of it.`,
  }),
  language: defineSetting({
    key: 'metadata.language',
    schema: Type.String({ pattern: '^[a-z]{2}-[A-Z]{2}$' }),
    default: 'en-US',
    scope: 'house',
    description: 'Language and region of titles and descriptions that a source of metadata tells, such as de-AT.',
  }),
  callsADay: defineSetting({
    key: 'metadata.calls-a-day',
    schema: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    default: 20_000,
    scope: 'house',
    description: 'How many calls a day (UTC) a source of metadata is asked at most. What is left is asked for the next day.',
  }),
});
