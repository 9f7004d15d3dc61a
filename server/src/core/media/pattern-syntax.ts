import { type CharTest, readClass, readEscaped, type Scanner, setOf } from './pattern-chars.ts';

/** What a pattern means, without anything that could only be matched by trying again and again. */
export type PatternNode =
  | Readonly<{ is: 'char'; test: CharTest }>
  | Readonly<{ is: 'sequence'; parts: readonly PatternNode[] }>
  | Readonly<{ is: 'choice'; options: readonly PatternNode[] }>
  | Readonly<{ is: 'repeat'; part: PatternNode; min: number; max: number }>
  | Readonly<{ is: 'edge'; edge: Edge }>
  | Readonly<{ is: 'look'; part: PatternNode; negative: boolean }>;

/** `finish`: at the end, or before a line break that is the end. */
export type Edge = 'start' | 'line-start' | 'end' | 'finish' | 'line-end' | 'word' | 'no-word';

type Flags = Readonly<{ i: boolean; m: boolean; s: boolean; x: boolean; dollarEnd: boolean }>;

const MOST_DEEP = 50;

const fail = (message: string): never => {
  throw new SyntaxError(message);
};

/** Reads the body of a PCRE pattern. Throws a SyntaxError that says what cannot be read. */
export function parsePattern(body: string, letters: string): PatternNode {
  const scanner: Scanner = { chars: [...body], at: 0 };
  const flags = {
    i: letters.includes('i'),
    m: letters.includes('m'),
    s: letters.includes('s'),
    x: letters.includes('x'),
    dollarEnd: letters.includes('D'),
  };
  const node = readChoice(scanner, flags, 0);
  if (scanner.at < scanner.chars.length) fail('has a ")" that nothing opens');
  return letters.includes('A') ? { is: 'sequence', parts: [{ is: 'edge', edge: 'start' }, node] } : node;
}

/** Up to the end of the group, or of the pattern. Flags that are set within hold to the end of the group. */
function readChoice(scanner: Scanner, given: Flags, depth: number): PatternNode {
  if (depth > MOST_DEEP) fail(`nests its groups deeper than ${MOST_DEEP}`);
  let flags = given;
  const options: PatternNode[] = [];
  let parts: PatternNode[] = [];
  for (;;) {
    const char = scanner.chars[scanner.at];
    if (char === undefined || char === ')') break;
    if (char === '|') {
      scanner.at += 1;
      options.push({ is: 'sequence', parts });
      parts = [];
      continue;
    }
    if (flags.x && skipped(scanner)) continue;
    const set = inlineFlags(scanner, flags);
    if (set !== undefined) {
      flags = set;
      continue;
    }
    const atom = readAtom(scanner, flags, depth);
    if (atom !== undefined) parts.push(readRepeat(scanner, atom, flags));
  }
  options.push({ is: 'sequence', parts });
  return options.length === 1 && options[0] ? options[0] : { is: 'choice', options };
}

/** With the flag x, blanks and remarks mean nothing. */
function skipped(scanner: Scanner): boolean {
  const char = scanner.chars[scanner.at] ?? '';
  if (/\s/.test(char)) {
    scanner.at += 1;
    return true;
  }
  if (char !== '#') return false;
  while (scanner.at < scanner.chars.length && scanner.chars[scanner.at] !== '\n') scanner.at += 1;
  return true;
}

const rest = (scanner: Scanner, length = 80): string => scanner.chars.slice(scanner.at, scanner.at + length).join('');

/** `(?i-x)`. */
function inlineFlags(scanner: Scanner, flags: Flags): Flags | undefined {
  const [whole, on, off] = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?\)/.exec(rest(scanner)) ?? [];
  if (whole === undefined || (on === '' && off === undefined)) return undefined;
  if (on === 'R') fail('calls itself');
  scanner.at += [...whole].length;
  return withFlags(flags, on ?? '', off ?? '');
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  for (const letter of on + off) if (!'imsxU'.includes(letter)) fail(`sets the flag ${letter}, which is not known here`);
  const chosen = (letter: 'i' | 'm' | 's' | 'x'): boolean => !off.includes(letter) && (on.includes(letter) || flags[letter]);
  return { ...flags, i: chosen('i'), m: chosen('m'), s: chosen('s'), x: chosen('x') };
}

function readAtom(scanner: Scanner, flags: Flags, depth: number): PatternNode | undefined {
  const char = scanner.chars[scanner.at] ?? '';
  if (char === '(') return readGroup(scanner, flags, depth);
  if (char === '[') {
    scanner.at += 1;
    return { is: 'char', test: readClass(scanner, flags.i) };
  }
  if (char === '\\') return readEscape(scanner, flags);
  if ('*+?'.includes(char)) fail(`has a ${char} with nothing before it`);
  scanner.at += 1;
  if (char === '^') return { is: 'edge', edge: flags.m ? 'line-start' : 'start' };
  if (char === '$') return { is: 'edge', edge: flags.m ? 'line-end' : flags.dollarEnd ? 'end' : 'finish' };
  if (char === '.') return { is: 'char', test: flags.s ? () => true : (one) => one !== '\n' };
  return { is: 'char', test: setOf((one) => one === char, flags.i) };
}

/** What opens a group, and how what is in it is taken. */
const OPENINGS: readonly (readonly [RegExp, 'group' | 'look' | 'not' | string])[] = [
  [/^\(\?=/, 'look'],
  [/^\(\?!/, 'not'],
  [/^\(\?[:|]/, 'group'],
  [/^\(\?P?<[A-Za-z_]\w*>/, 'group'],
  [/^\(\?'[A-Za-z_]\w*'/, 'group'],
  [/^\(\?<[=!]/, 'looks behind, which is not supported here'],
  [/^\(\?>/, 'has an atomic group, which is not supported here'],
  [/^\(\?(R|&|P[>=]|[+-]?\d)/, 'calls a group of its own, which is not supported here'],
  [/^\(\?\(/, 'has a condition, which is not supported here'],
  [/^\(\*/, 'has a verb (*…), which is not supported here'],
];

function readGroup(scanner: Scanner, given: Flags, depth: number): PatternNode | undefined {
  const text = rest(scanner);
  if (text.startsWith('(?#')) {
    const end = scanner.chars.indexOf(')', scanner.at);
    if (end < 0) fail('has a remark that does not end');
    scanner.at = end + 1;
    return undefined;
  }
  let flags = given;
  let how: string = 'group';
  const [scoped, on, off] = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?:/.exec(text) ?? [];
  if (scoped !== undefined) {
    flags = withFlags(given, on ?? '', off ?? '');
    scanner.at += [...scoped].length;
  } else {
    const [opening, kind] = OPENINGS.find(([form]) => form.test(text)) ?? [/^\(/, 'group'];
    if (kind !== 'group' && kind !== 'look' && kind !== 'not') fail(kind);
    if (text.startsWith('(?') && opening.source === '^\\(') fail('has a group "(?" of a kind that is not known here');
    how = kind;
    scanner.at += [...(opening.exec(text)?.[0] ?? '')].length;
  }
  const part = readChoice(scanner, flags, depth + 1);
  if (scanner.chars[scanner.at] !== ')') fail('has a group that does not end');
  scanner.at += 1;
  return how === 'group' ? part : { is: 'look', part, negative: how === 'not' };
}

const EDGES: Readonly<Record<string, Edge>> = { A: 'start', z: 'end', Z: 'finish', b: 'word', B: 'no-word' };

function readEscape(scanner: Scanner, flags: Flags): PatternNode {
  const letter = scanner.chars[scanner.at + 1] ?? fail('ends in a backslash');
  const edge = Object.hasOwn(EDGES, letter) ? EDGES[letter] : undefined;
  if (edge !== undefined) {
    scanner.at += 2;
    return { is: 'edge', edge };
  }
  if (/[1-9gk]/.test(letter)) fail(`repeats a group by \\${letter}, which is not supported here`);
  scanner.at += 1;
  const meant = readEscaped(scanner);
  return { is: 'char', test: typeof meant === 'string' ? setOf((one) => one === meant, flags.i) : meant };
}

/** Greedy or lazy makes no difference to whether a text matches. */
function readRepeat(scanner: Scanner, part: PatternNode, flags: Flags): PatternNode {
  let node = part;
  for (;;) {
    if (flags.x) while (skipped(scanner)) continue;
    const [whole, sign, min, comma, max] = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/.exec(rest(scanner)) ?? [];
    if (whole === undefined) return node;
    scanner.at += whole.length;
    const least = sign === undefined ? Number(min) : sign === '+' ? 1 : 0;
    const unbounded = sign === undefined ? comma !== undefined && max === '' : sign !== '?';
    const most = unbounded ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : comma === undefined ? least : Number(max);
    if (most < least) fail(`has the number of times ${whole}, which ends before it begins`);
    const follower = scanner.chars[scanner.at];
    if (follower === '+') fail('has a possessive quantifier, which is not supported here');
    if (follower === '?') scanner.at += 1;
    node = { is: 'repeat', part: node, min: least, max: most };
  }
}
