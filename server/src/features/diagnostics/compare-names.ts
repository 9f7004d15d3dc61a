import { distance } from 'fastest-levenshtein';

/** How two names were compared; shares are percent, 100 for the same. */
export type NameMatch = Readonly<{ path: string; title: string; similarity: number; levenshtein: number; startsWith: boolean }>;
export type CompareMethod = 'similarity' | 'levenshtein';

const EXTENSION = /\.[a-z0-9]{2,5}$/i;

/** A name as people would say it: `The.Matrix_(1999).mkv` is `the matrix 1999`. */
export const plainName = (name: string): string =>
  name
    .replace(EXTENSION, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The names of a path that may tell its title: that of the file and of the folders right above it, without those of seasons. */
export function namesOf(path: string): readonly string[] {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '');
  const [file, ...folders] = parts.reverse();
  const telling = folders.filter((folder) => !/^(season|series|staffel|saison)?\s*\d+$|^specials?$/i.test(folder)).slice(0, 1);
  return [...(file === undefined ? [] : [plainName(file)]), ...telling.map((folder) => plainName(`${folder}.x0`))].filter(
    (name) => name !== '',
  );
}

/** The characters that two texts share, as PHP's similar_text counts them: the longest common part, and then those on both sides of it. */
export function sharedCharacters(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  let [length, at, atOther] = [0, 0, 0];
  for (let a = 0; a < one.length && length < one.length - a; a += 1) {
    for (let b = 0; b < other.length && length < other.length - b; b += 1) {
      let run = 0;
      while (a + run < one.length && b + run < other.length && one[a + run] === other[b + run]) run += 1;
      if (run > length) [length, at, atOther] = [run, a, b];
    }
  }
  if (length === 0) return 0;
  const before = sharedCharacters(one.slice(0, at), other.slice(0, atOther));
  return length + before + sharedCharacters(one.slice(at + length), other.slice(atOther + length));
}

const round = (share: number): number => Math.round(share * 100) / 100;

export function compareNames(path: string, title: string): NameMatch {
  const longest = Math.max(path.length, title.length);
  const similarity = longest === 0 ? 100 : round((200 * sharedCharacters(path, title)) / (path.length + title.length));
  const levenshtein = longest === 0 ? 100 : round(100 * (1 - distance(path, title) / longest));
  return { path, title, similarity, levenshtein, startsWith: title !== '' && (path === title || path.startsWith(`${title} `)) };
}

const scoreOf = (match: NameMatch, method: CompareMethod): number => (match.startsWith ? 100 : match[method]);

/** The best of all pairs, with every pair; undefined where there is nothing to compare. */
export function matchNames(
  paths: readonly string[],
  titles: readonly string[],
  method: CompareMethod,
): Readonly<{ percent: number; matches: readonly NameMatch[] }> | undefined {
  const names = [...new Set(paths.flatMap(namesOf))];
  const plain = [...new Set(titles.map((title) => plainName(`${title}.x0`)))].filter((title) => title !== '');
  const matches = names.flatMap((name) => plain.map((title) => compareNames(name, title)));
  if (matches.length === 0) return undefined;
  return { percent: Math.max(...matches.map((match) => scoreOf(match, method))), matches };
}
