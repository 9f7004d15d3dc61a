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
  const options: PatternNode[][] = [[]];
  for (let char = scanner.chars[scanner.at]; char !== undefined && char !== ')'; char = scanner.chars[scanner.at]) {
    const set = inlineFlags(scanner, flags);
    if (set !== undefined) flags = set;
    else if (char === '|') {
      scanner.at += 1;
      options.push([]);
    } else if (!(flags.x && skipped(scanner))) options.at(-1)?.push(...readPiece(scanner, flags, depth));
  }
  const [only, ...others] = options.map((parts): PatternNode => ({ is: 'sequence', parts }));
  return only && others.length === 0 ? only : { is: 'choice', options: only ? [only, ...others] : others };
}

function readPiece(scanner: Scanner, flags: Flags, depth: number): readonly PatternNode[] {
  const atom = readAtom(scanner, flags, depth);
  return atom === undefined ? [] : [readRepeats(scanner, atom, flags)];
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
  if (char === '$') return { is: 'edge', edge: endOf(flags) };
  if (char === '.') return { is: 'char', test: flags.s ? () => true : (one) => one !== '\n' };
  return { is: 'char', test: setOf((one) => one === char, flags.i) };
}

const endOf = ({ m, dollarEnd }: Flags): Edge => (m ? 'line-end' : dollarEnd ? 'end' : 'finish');

const KINDS: ReadonlySet<string> = new Set(['group', 'look', 'not']);
/** What opens a group, and how what is in it is taken, or why it cannot be. */
const OPENINGS: readonly (readonly [RegExp, string])[] = [
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
  if (isRemark(scanner)) return undefined;
  const { kind, flags } = openGroup(scanner, given);
  const part = readChoice(scanner, flags, depth + 1);
  if (scanner.chars[scanner.at] !== ')') fail('has a group that does not end');
  scanner.at += 1;
  return kind === 'group' ? part : { is: 'look', part, negative: kind === 'not' };
}

function isRemark(scanner: Scanner): boolean {
  if (!rest(scanner).startsWith('(?#')) return false;
  const end = scanner.chars.indexOf(')', scanner.at);
  if (end < 0) fail('has a remark that does not end');
  scanner.at = end + 1;
  return true;
}

function openGroup(scanner: Scanner, given: Flags): Readonly<{ kind: string; flags: Flags }> {
  const text = rest(scanner);
  const [scoped, on = '', off = ''] = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?:/.exec(text) ?? [];
  if (scoped !== undefined) {
    scanner.at += [...scoped].length;
    return { kind: 'group', flags: withFlags(given, on, off) };
  }
  const [opening, kind] = OPENINGS.find(([form]) => form.test(text)) ?? [/^\((?!\?)/, 'group'];
  if (!KINDS.has(kind)) fail(kind);
  const opened = opening.exec(text)?.[0] ?? fail('has a group "(?" of a kind that is not known here');
  scanner.at += [...opened].length;
  return { kind, flags: given };
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

function readRepeats(scanner: Scanner, part: PatternNode, flags: Flags): PatternNode {
  let node = part;
  for (;;) {
    while (flags.x && skipped(scanner));
    const times = readTimes(scanner);
    if (times === undefined) return node;
    node = { is: 'repeat', part: node, ...times };
  }
}

type Times = Readonly<{ min: number; max: number }>;

const SIGNS: Readonly<Record<string, Times>> = {
  '*': { min: 0, max: Number.POSITIVE_INFINITY },
  '+': { min: 1, max: Number.POSITIVE_INFINITY },
  '?': { min: 0, max: 1 },
};

/** Greedy or lazy makes no difference to whether a text matches. */
function readTimes(scanner: Scanner): Times | undefined {
  const [whole, sign, least, comma, most] = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/.exec(rest(scanner)) ?? [];
  if (whole === undefined) return undefined;
  scanner.at += whole.length;
  const times = (sign === undefined ? undefined : SIGNS[sign]) ?? countedTimes(Number(least), comma === undefined ? least : most);
  if (times.max < times.min) fail(`has the number of times ${whole}, which ends before it begins`);
  if (scanner.chars[scanner.at] === '+') fail('has a possessive quantifier, which is not supported here');
  if (scanner.chars[scanner.at] === '?') scanner.at += 1;
  return times;
}

const countedTimes = (min: number, most: string | undefined): Times => ({ min, max: most ? Number(most) : Number.POSITIVE_INFINITY });
