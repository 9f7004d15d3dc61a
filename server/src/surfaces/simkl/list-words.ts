import { isListName, type ListName } from '#core/viewing/index.ts';
import type { LibraryTitle, LibraryType } from '#features/tracker/index.ts';
import type { SimklApp } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';

type Speaker = Pick<SimklApp, 'dialect'>;

/** What older apps call the list of what was dropped. */
const OLD_DROPPED = 'notinteresting';

/** Words that apps use for lists, beside their own names. */
const OTHER_WORDS: Readonly<Record<string, ListName>> = { [OLD_DROPPED]: 'dropped', plan_to_watch: 'plantowatch' };

/** The list that an app means; undefined where it means none. */
export const listOfWord = (word: string): ListName | undefined => {
  const plain = word.trim().toLowerCase();
  return isListName(plain) ? plain : Object.hasOwn(OTHER_WORDS, plain) ? OTHER_WORDS[plain] : undefined;
};

export const wordOfList = (list: ListName, { dialect }: Speaker): string =>
  list === 'dropped' && dialect === 'legacy' ? OLD_DROPPED : list;

/** The list that a member of a body names; undefined where it is not there. Throws `wrong_parameter` naming the field. */
export function toldList(field: string, value: unknown): ListName | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const list = typeof value === 'string' ? listOfWord(value) : undefined;
  if (list === undefined)
    throw refusal('wrong_parameter', `${field}: is no list. Lists are watching, plantowatch, hold, completed and dropped.`);
  return list;
}

/** What a shelf is called in answers about single titles. */
export const SIMKL_TYPE: Readonly<Record<LibraryType, string>> = { movies: 'movie', shows: 'tv', anime: 'anime' };

/** Under which member a title that is echoed lies: there is none for anime. */
export const wrapperOf = (title: Pick<LibraryTitle, 'kind'>): 'movies' | 'shows' => (title.kind === 'movie' ? 'movies' : 'shows');

/** Which sort of series it is, a mapping tells; without one nobody does. */
export const animeTypeOf = ({ type, kind, animeType }: LibraryTitle): string | null =>
  type === 'anime' ? (kind === 'movie' ? 'movie' : (animeType ?? null)) : null;
