import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { readPattern } from './custom-pattern.ts';

const matches = (pattern: string, text: string): boolean => readPattern(pattern)(text);

describe('a pattern in PCRE form', () => {
  it.each<[string, string[], string[]]>([
    ['/^[a-z0-9-]+$/', ['movie-name', '7'], ['movie name', 'Movie', '']],
    ['/^[0-9\\/]+$/i', ['123', '123/1/2'], ['12a', '']],
    ['#^tt\\d{7,8}$#i', ['tt0113277', 'TT01132771'], ['tt1', 'xtt0113277', 'tt011327712']],
    ['{^a{2,3}$}', ['aa', 'aaa'], ['a', 'aaaa']],
    ['~b~', ['abc', 'b'], ['ac']],
    ['/^a b # remark\n$/x', ['ab'], ['a b']],
    ['/^(?i)AB(?-i)c$/', ['abc', 'ABc'], ['abC']],
    ['/^(?i:a)b$/', ['Ab', 'ab'], ['aB']],
    ['/^[^a]$/i', ['b', 'É'], ['a', 'A']],
    ['/^[[:alpha:]_-]+$/', ['a-b_C'], ['a1']],
    ['/^[]x]$/', [']', 'x'], ['a']],
    ['/^(?:red|green)?-\\w+$/', ['red-1', '-x_1'], ['blue-1', 'red-']],
    ['/^(?!tt)\\w+$/', ['abc', 't1'], ['tt1']],
    ['/^(?=.*\\d)[a-z\\d]{3}$/', ['ab1', '123'], ['abc', 'ab12']],
    ['/a$/', ['a', 'a\n'], ['ab']],
    ['/a$/D', ['a'], ['a\n']],
    ['/^a.b$/', ['axb'], ['a\nb']],
    ['/^a.b$/s', ['a\nb'], ['ab']],
    ['/^b/m', ['a\nb', 'b'], ['ab']],
    ['/b/A', ['bc'], ['ab']],
    ['/\\bfoo\\b/', ['a foo b', 'foo'], ['food']],
    ['/^\\x41\\x{1F600}$/u', ['A\u{1F600}'], ['A']],
    ['/^\\p{Lu}\\P{L}$/u', ['Ä1'], ['ä1', 'Ää']],
    ['/^\\p{Greek}+$/u', ['αβ'], ['ab']],
    ['/^(?<year>\\d{4})$/', ['1999'], ['199']],
    ['/^a{,2}$/', ['a{,2}'], ['a', 'aa']],
    ['/^(a|b|)+$/', ['', 'abab'], ['c']],
    ['/^\\Aab\\z/', ['ab'], ['ab\n']],
    ['/^a(?#remark)b$/', ['ab'], ['a']],
    ['(^(a)(b)$)', ['ab'], ['a']],
  ])('%s takes what it should', (pattern, good, bad) => {
    expect(good.filter((text) => !matches(pattern, text))).toEqual([]);
    expect(bad.filter((text) => matches(pattern, text))).toEqual([]);
  });

  it.each([
    ['abc', 'delimiters'],
    ['', 'delimiters'],
    ['/abc', 'does not end'],
    ['/abc/y', 'flags'],
    ['/a/b/', 'flags'],
    ['/(a/', 'group'],
    ['/a)/', '")"'],
    ['/[a/', 'class'],
    ['/[z-a]/', 'range'],
    ['/*a/', 'nothing before'],
    ['/a{3,2}/', 'before it begins'],
    ['/(a)\\1/', 'repeats a group'],
    ['/(?<a>b)\\k<a>/', 'repeats a group'],
    ['/(?<=a)b/', 'looks behind'],
    ['/(?>a)b/', 'atomic'],
    ['/a++/', 'possessive'],
    ['/(?R)/', 'itself'],
    ['/(?1)(a)/', 'calls a group'],
    ['/(?(1)a|b)/', 'condition'],
    ['/(*UTF8)a/', 'verb'],
    ['/\\K/', '\\K'],
    ['/\\p{Nowhere}/', 'property'],
    ['/\\x{FFFFFF}/', 'character'],
    ['/[[:nope:]]/', '[:nope:]'],
    ['/(a{500}){500}/', 'too large'],
    ['/((((){900}){900}){900}){900}/', 'too large'],
    [`/${'('.repeat(60)}${')'.repeat(60)}/`, 'deeper'],
    [`/${'a'.repeat(1_000)}/`, 'longer'],
  ])('%s is refused, with the reason', (pattern, reason) => {
    expect(() => readPattern(pattern)).toThrow(reason);
  });

  // A matcher that goes back would not end on any of these.
  it.each([
    ['/^(a+)+$/', 'a'],
    ['/^(a|a)*$/', 'a'],
    ['/^(a*)*b$/', 'a'],
    ['/^([a-z]+-?)+$/', 'a'],
    ['/(x+x+)+y/', 'x'],
    ['/^(?=(a+)+b)(?!(a*)*c)a+$/', 'a'],
    ['/a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa$/', 'a'],
  ])('%s ends on a long text that almost matches', (pattern, letter) => {
    expect(matches(pattern, `${letter.repeat(255)}!`)).toBe(false);
  });

  it('says of any text what RegExp says, where both know the pattern', () => {
    const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '1', '^', '$', '\\b');
    const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
      part: fc.oneof(
        { depthSize: 'small' },
        atom,
        tie('pattern').map((inner) => `(?:${inner})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
          .map(([inner, times]) => `(?:${inner})${times}`),
        tie('pattern').map((inner) => `(?=${inner})`),
        tie('pattern').map((inner) => `(?!${inner})`),
        fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(?:${one}|${other})`),
      ),
      pattern: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    }));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[abc1 ]{0,8}$/), (body, text) => {
        fc.pre(body.length < 200);
        expect(matches(`/${body}/D`, text)).toBe(new RegExp(body).test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
