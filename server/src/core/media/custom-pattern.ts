import { compilePattern, isFound } from './pattern-match.ts';
import { parsePattern } from './pattern-syntax.ts';

export type IdPattern = (text: string) => boolean;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** `u` and `S` change nothing here, nor do greed (`U`) and extra strictness (`X`): only whether a text matches is asked. */
const FLAGS = /^[imsxuUDASX]*$/;
export const LONGEST_PATTERN = 1_000;

/**
 * A pattern as PCRE has it, between its delimiters and with its flags. It is carried out without backtracking, so that no id that a server
 * sends can hold the house up. Throws a SyntaxError that says what cannot be carried out so.
 */
export function readPattern(given: string): IdPattern {
  const text = given.trimStart();
  if (text.length > LONGEST_PATTERN) throw new SyntaxError(`is longer than ${LONGEST_PATTERN} characters`);
  const opening = text[0] ?? '';
  if (opening === '' || /[A-Za-z0-9\\]/.test(opening)) throw new SyntaxError('must stand between delimiters, as in /^[a-z]+$/i');
  const closing = CLOSING[opening] ?? opening;
  const end = endOf(text, opening, closing);
  const flags = text.slice(end + 1).trimEnd();
  if (!FLAGS.test(flags)) throw new SyntaxError(`has "${flags}" behind its end; known flags are i, m, s, x, u, U, A, D, S and X`);
  const steps = compilePattern(parsePattern(text.slice(1, end), flags));
  return (value) => isFound(steps, value);
}

/** Brackets as delimiters may stand within each other. */
function endOf(text: string, opening: string, closing: string): number {
  let open = 1;
  for (let at = 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === closing) {
      open -= 1;
      if (open === 0) return at;
    } else if (char === opening) open += 1;
  }
  throw new SyntaxError(`does not end in "${closing}"`);
}
