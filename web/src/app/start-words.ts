import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import shell from './words/en.json';

const LANGUAGES: readonly string[] = ['en'];

/** The language of the browser where there is a catalogue for it. */
const language = (): string => navigator.languages.map((one) => one.slice(0, 2)).find((one) => LANGUAGES.includes(one)) ?? 'en';

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language(),
    fallbackLng: 'en',
    defaultNS: 'shell',
    resources: { en: { shell } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}
