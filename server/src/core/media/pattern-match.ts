import type { CharTest } from './pattern-chars.ts';
import type { Edge, PatternNode } from './pattern-syntax.ts';

type Step =
  | { is: 'char'; test: CharTest; next: number }
  | { is: 'split'; one: number; other: number }
  | { is: 'edge'; edge: Edge; next: number }
  | { is: 'look'; start: number; negative: boolean; next: number }
  | { is: 'match' };

/** A pattern as steps that are all taken at once, for each character of the text. */
export type PatternSteps = Readonly<{ steps: readonly Step[]; start: number }>;

/** With this and the length of an id, the dearest pattern costs some ten million small steps, and nearly all cost a few thousand. */
const MOST_STEPS = 1_000;

const fail = (message: string): never => {
  throw new SyntaxError(message);
};

/** Throws a SyntaxError for a pattern that is too large, most of all for numbers of times within each other. */
export function compilePattern(node: PatternNode): PatternSteps {
  const steps: Step[] = [{ is: 'match' }];
  let visits = 0;

  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS) fail('is too large: its parts, each as many times as it may come, are more than 1000');
    return steps.push(step) - 1;
  };

  /** What has to come before the step `next`. */
  function before(one: PatternNode, next: number): number {
    visits += 1;
    if (visits > 10 * MOST_STEPS) fail('is too large: parts that may come many times lie within each other');
    switch (one.is) {
      case 'char':
        return add({ is: 'char', test: one.test, next });
      case 'edge':
        return add({ is: 'edge', edge: one.edge, next });
      case 'look':
        return add({ is: 'look', start: before(one.part, 0), negative: one.negative, next });
      case 'sequence':
        return one.parts.reduceRight((then, part) => before(part, then), next);
      case 'choice':
        return one.options.map((option) => before(option, next)).reduceRight((other, option) => add({ is: 'split', one: option, other }));
      case 'repeat':
        return repeated(one, next);
    }
  }

  function repeated({ part, min, max }: Extract<PatternNode, { is: 'repeat' }>, next: number): number {
    let start = next;
    if (max === Number.POSITIVE_INFINITY) {
      const again: Step = { is: 'split', one: 0, other: next };
      start = add(again);
      again.one = before(part, start);
    } else {
      for (let times = min; times < max; times += 1) start = add({ is: 'split', one: before(part, start), other: next });
    }
    for (let times = 0; times < min; times += 1) start = before(part, start);
    return start;
  }

  return { start: before(node, 0), steps };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char);

function holds(edge: Edge, chars: readonly string[], at: number): boolean {
  const isLast = at === chars.length;
  switch (edge) {
    case 'start':
      return at === 0;
    case 'line-start':
      return at === 0 || (chars[at - 1] === '\n' && !isLast);
    case 'end':
      return isLast;
    case 'finish':
      return isLast || (at === chars.length - 1 && chars[at] === '\n');
    case 'line-end':
      return isLast || chars[at] === '\n';
    default:
      return (isWord(chars[at - 1]) !== isWord(chars[at])) === (edge === 'word');
  }
}

/**
 * Whether the pattern is found in the text. No choice is ever taken back, so a text cannot make it take longer than its length times the
 * size of the pattern, and that again for each place where the pattern looks ahead.
 */
export function isFound({ steps, start }: PatternSteps, text: string): boolean {
  const chars = [...text];
  const looked = new Map<number, boolean>();

  function follows(look: number, at: number): boolean {
    const key = look * (chars.length + 1) + at;
    const known = looked.get(key);
    if (known !== undefined) return known;
    const found = run(look, at, false);
    looked.set(key, found);
    return found;
  }

  /** Where a step leads without taking a character. */
  function onward(step: Step, at: number): readonly number[] {
    if (step.is === 'split') return [step.one, step.other];
    if (step.is === 'edge') return holds(step.edge, chars, at) ? [step.next] : [];
    return step.is === 'look' && follows(step.start, at) !== step.negative ? [step.next] : [];
  }

  /** Where the character leads from all steps that are reached; undefined where the pattern has come to its end. */
  function take(reached: Set<number>, at: number): Set<number> | undefined {
    const next = new Set<number>();
    // What is added while it is walked is walked as well.
    for (const index of reached) {
      const step = steps[index] as Step;
      if (step.is === 'match') return undefined;
      if (step.is === 'char' && isTaken(step.test, chars[at])) next.add(step.next);
      for (const one of onward(step, at)) reached.add(one);
    }
    return next;
  }

  function run(first: number, from: number, anywhere: boolean): boolean {
    let reached = new Set([first]);
    for (let at = from; at <= chars.length; at += 1) {
      if (anywhere) reached.add(first);
      const next = take(reached, at);
      if (next === undefined) return true;
      if (next.size === 0 && !anywhere) return false;
      reached = next;
    }
    return false;
  }

  return run(start, 0, true);
}

const isTaken = (test: CharTest, char: string | undefined): boolean => char !== undefined && test(char);
