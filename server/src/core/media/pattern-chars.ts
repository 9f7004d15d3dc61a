/** One character, a whole code point, that stands at a place of the text. */
export type CharTest = (char: string) => boolean;

/** Where the reading of a pattern has come to. */
export type Scanner = { readonly chars: readonly string[]; at: number };

const fail = (message: string): never => {
  throw new SyntaxError(message);
};

/** With the flag i, a letter is also its other case. */
export const setOf = (test: CharTest, ignoreCase: boolean): CharTest =>
  ignoreCase ? (char) => test(char) || test(char.toLowerCase()) || test(char.toUpperCase()) : test;

const by =
  (form: RegExp): CharTest =>
  (char) =>
    form.test(char);

const KINDS: Readonly<Record<string, CharTest>> = {
  d: by(/^[0-9]$/),
  D: by(/^[^0-9]$/u),
  w: by(/^[A-Za-z0-9_]$/),
  W: by(/^[^A-Za-z0-9_]$/u),
  s: by(/^[ \t\n\v\f\r]$/),
  S: by(/^[^ \t\n\v\f\r]$/u),
  h: by(/^[\t\p{Zs}]$/u),
  H: by(/^[^\t\p{Zs}]$/u),
  v: by(/^[\n\v\f\r\u0085\u2028\u2029]$/u),
  V: by(/^[^\n\v\f\r\u0085\u2028\u2029]$/u),
  N: by(/^[^\n]$/u),
};

const SIGNS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', e: '\u001b', a: '\u0007' };

const POSIX: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  word: 'A-Za-z0-9_',
  xdigit: '0-9A-Fa-f',
};

const ahead = (scanner: Scanner): string => scanner.chars.slice(scanner.at, scanner.at + 40).join('');

/** What stands behind a backslash: one character, or a kind of them. */
export function readEscaped(scanner: Scanner): string | CharTest {
  const text = ahead(scanner);
  const letter = scanner.chars[scanner.at] ?? fail('ends in a backslash');
  if (Object.hasOwn(KINDS, letter)) {
    scanner.at += 1;
    return KINDS[letter] ?? fail('');
  }
  if (letter === 'p' || letter === 'P') return readProperty(scanner, text);
  if (letter === 'x' || letter === '0') return readCode(scanner, text);
  if (/[A-Za-z0-9]/.test(letter) && !Object.hasOwn(SIGNS, letter)) fail(`has \\${letter}, which is not supported here`);
  scanner.at += 1;
  return SIGNS[letter] ?? letter;
}

/** `\x41`, `\x{1F600}`, `\012`. */
function readCode(scanner: Scanner, text: string): string {
  const [whole = '', braced, plain, octal] = /^(?:x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{0,2}))|0([0-7]{0,2}))/.exec(text) ?? [];
  scanner.at += whole.length;
  const point = octal === undefined ? Number.parseInt(`0${braced ?? plain ?? ''}`, 16) : Number.parseInt(`0${octal}`, 8);
  return point > 0x10ffff ? fail(`names the character \\${whole}, and there is none`) : String.fromCodePoint(point);
}

/** `\p{Lu}`, `\pL`, `\P{Greek}`, `\p{^L}`. */
function readProperty(scanner: Scanner, text: string): CharTest {
  const [whole, sign, negated, braced, single] = /^([pP])(?:\{(\^?)(\w+)\}|([A-Za-z]))/.exec(text) ?? [];
  if (whole === undefined) return fail('has \\p without the name of a property');
  scanner.at += whole.length;
  const name = braced ?? single ?? '';
  const isNegative = (sign === 'P') !== (negated === '^');
  if (name === 'Any') return () => !isNegative;
  for (const property of [name, `Script=${name}`]) {
    try {
      return by(new RegExp(`^\\${isNegative ? 'P' : 'p'}{${property}}$`, 'u'));
    } catch {
      // Neither a category nor, next time, a script of that name.
    }
  }
  return fail(`asks for the property ${name}, which is not known here`);
}

/** A character class, from behind its opening bracket to its end. */
export function readClass(scanner: Scanner, ignoreCase: boolean): CharTest {
  const isNegative = scanner.chars[scanner.at] === '^';
  if (isNegative) scanner.at += 1;
  const tests: CharTest[] = [];
  for (let first = true; ; first = false) {
    const char = scanner.chars[scanner.at] ?? fail('has a class [ that does not end');
    if (char === ']' && !first) break;
    tests.push(readSpan(scanner));
  }
  scanner.at += 1;
  const within = setOf((char) => tests.some((test) => test(char)), ignoreCase);
  return isNegative ? (char) => !within(char) : within;
}

/** One member of a class, or all that lie between two. */
function readSpan(scanner: Scanner): CharTest {
  const member = readMember(scanner);
  if (typeof member !== 'string') return member;
  if (scanner.chars[scanner.at] !== '-' || (scanner.chars[scanner.at + 1] ?? ']') === ']') return (one) => one === member;
  scanner.at += 1;
  const last = readMember(scanner);
  if (typeof last !== 'string') return fail('has a range in a class that ends in no character');
  const [from, to] = [member.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0];
  if (to < from) fail(`has the range ${member}-${last} in a class, which ends before it begins`);
  return (one) => (one.codePointAt(0) ?? -1) >= from && (one.codePointAt(0) ?? -1) <= to;
}

function readMember(scanner: Scanner): string | CharTest {
  const text = ahead(scanner);
  const [posix, negated, name = ''] = /^\[:(\^?)([a-z]+):\]/.exec(text) ?? [];
  if (posix !== undefined) {
    const inside = Object.hasOwn(POSIX, name) ? POSIX[name] : fail(`has the class [:${name}:], which is not known here`);
    scanner.at += posix.length;
    return by(new RegExp(`^[${negated}${inside}]$`, 'u'));
  }
  if (/^\[[.=]/.test(text)) fail('has a class by collation, which is not supported here');
  if (scanner.chars[scanner.at] !== '\\') {
    const char = scanner.chars[scanner.at] ?? '';
    scanner.at += 1;
    return char;
  }
  scanner.at += 1;
  if (scanner.chars[scanner.at] !== 'b') return readEscaped(scanner);
  scanner.at += 1;
  return '\b';
}
