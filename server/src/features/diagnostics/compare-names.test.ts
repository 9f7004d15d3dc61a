import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { compareNames, matchNames, namesOf, plainName, sharedCharacters } from './compare-names.ts';

describe('comparing names', () => {
  it.each([
    ['The.Matrix_(1999).mkv', 'the matrix 1999'],
    ['Amélie – Le Fabuleux Destin.mp4', 'amelie le fabuleux destin'],
    ['24', '24'],
    ['千と千尋の神隠し.mkv', '千と千尋の神隠し'],
  ])('%s is %s', (name, plain) => expect(plainName(name)).toBe(plain));

  it.each([
    ['/media/movies/Heat (1995)/Heat.1995.1080p.mkv', ['heat 1995 1080p', 'heat 1995']],
    ['/tv/Twin Peaks/Season 01/Twin Peaks - S01E01.mkv', ['twin peaks s01e01', 'twin peaks']],
    ['C:\\films\\Alien.mkv', ['alien', 'films']],
    ['', []],
  ])('%s may tell its title', (path, names) => expect(namesOf(path)).toEqual(names));

  // By the definition: the longest common part, then the same on both sides of it.
  it.each([
    ['World', 'Word', 4],
    ['bafoobar', 'mafoorar', 6],
    ['', 'x', 0],
    ['abc', 'xyz', 0],
  ])('%s and %s share %i characters', (one, other, shared) => expect(sharedCharacters(one, other)).toBe(shared));

  it('is 100 for the same, and for a name that begins with the title', () => {
    expect(compareNames('heat', 'heat')).toMatchObject({ similarity: 100, levenshtein: 100, startsWith: true });
    expect(matchNames(['/m/Heat 1995 remux.mkv'], ['Heat'], 'similarity')?.percent).toBe(100);
    expect(compareNames('heated rivalry', 'heat').startsWith).toBe(false);
  });

  it('tells a file that is another title', () => {
    expect(matchNames(['/movies/x/Paddington 2 (2017).mkv'], ['Heat'], 'similarity')?.percent).toBeLessThan(50);
    expect(matchNames([], ['Heat'], 'levenshtein')).toBeUndefined();
  });

  it('stays within 0 and 100, whichever comes first', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (one, other) => {
        const { similarity, levenshtein } = compareNames(one, other);
        for (const share of [similarity, levenshtein]) expect(share >= 0 && share <= 100).toBe(true);
        expect(compareNames(other, one).levenshtein).toBe(levenshtein);
      }),
    );
  });
});
