import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../src/app/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
);

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: string, other: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

const GROUNDS = ['bg', 'surface', 'sunken'];
const STATES = ['ok', 'warn', 'bad', 'info', 'quiet'];
/** Which token must be how far from which ground: text 4.5, edges that mean something 3. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...['text', 'text-2', 'text-3', 'accent', ...STATES].flatMap((ink) => GROUNDS.map((ground) => [ink, ground, 4.5] as const)),
  ...GROUNDS.map((ground) => ['edge', ground, 3] as const),
  ...[...STATES, 'accent'].flatMap((state) => [state, 'text', 'text-2'].map((ink) => [ink, `${state}-soft`, 4.5] as const)),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
];

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (theme) => {
  it.each(PAIRS)('let %s be read on %s (%f : 1)', (ink, ground, least) => {
    const [a, b] = [tokens.get(ink)?.[theme], tokens.get(ground)?.[theme]];
    if (a === undefined || b === undefined) throw new Error(`no colour named ${ink} or ${ground}`);
    expect(contrast(a, b)).toBeGreaterThanOrEqual(least);
  });
});
