/** A text as it is searched: without case and accents, and with one space between words. Pure. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const ARTICLE = /^(?:the|a|an|der|die|das|le|la|les|el) (?=.)/;

/** What a title stands under in a list: its article does not count. */
export const sortedUnder = (title: string): string => folded(title).replace(ARTICLE, '');

/** The words of a search, each of which a title must hold. */
export const wordsOf = (text: string): readonly string[] =>
  folded(text)
    .split(' ')
    .filter((word) => word !== '');
