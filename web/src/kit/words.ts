import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The catalogues of a room by file, as `import.meta.glob('./words/*.json')` gives them. */
export type Catalogues = Readonly<Record<string, () => Promise<unknown>>>;

type Values = Readonly<Record<string, string | number>>;
export type Say = (key: string, values?: Values) => string;

const LANGUAGE = /([\w-]+)\.json$/;

/** Loads what a room says in the language of this page. English stands in for what is not translated. */
export async function loadWords(room: string, catalogues: Catalogues): Promise<void> {
  for (const [file, load] of Object.entries(catalogues)) {
    const language = LANGUAGE.exec(file)?.[1] ?? '';
    const isWanted = language === 'en' || language === i18next.language;
    if (!isWanted || i18next.hasResourceBundle(language, room)) continue;
    const found = (await load()) as { default: object };
    i18next.addResourceBundle(language, room, found.default);
  }
}

/** Says a sentence of the room's catalogue. Numbers named `count` choose the plural form and are written in the person's way. */
export function useWords(room: string): Say {
  const { t } = useTranslation(room);
  return (key, values) => t(key, values ?? {});
}
