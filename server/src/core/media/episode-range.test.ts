import { describe, expect, it } from 'vitest';
import { listEpisodes, parseEpisodeRange } from './episode-range.ts';

const said = (path: string) => {
  const range = parseEpisodeRange(path);
  return range === undefined ? undefined : [range.season, range.first, range.last];
};

describe('the episodes that a file name speaks of', () => {
  it.each<[string, (number | undefined)[]]>([
    ['Show - S01E01.mkv', [1, 1, 1]],
    ['Show - s1e3 - Title.mkv', [1, 3, 3]],
    ['Show.S01.E04.mkv', [1, 4, 4]],
    ['Show S00E01 Special.mkv', [0, 1, 1]],
    ['Show - S01E01E02.mkv', [1, 1, 2]],
    ['Show - S01E01-E02 - Encounter.mkv', [1, 1, 2]],
    ['Show - S01E01-02.mkv', [1, 1, 2]],
    ['Show - S01E01.S01E02.mkv', [1, 1, 2]],
    ['Show - S01E01 - E02.mkv', [1, 1, 2]],
    ['Show - S01E01E02E03.mkv', [1, 1, 3]],
    ['Show - S01E01-E03.mkv', [1, 1, 3]],
    ['Show - S01E05-E02.mkv', [1, 2, 5]],
    ['Show - S01E01.S02E02.mkv', [1, 1, 1]],
    ['Show - S01E01-1080p.mkv', [1, 1, 1]],
    ['Show - S01E01-x264-GROUP.mkv', [1, 1, 1]],
    ['Show - S01E01 - 100 Bullets.mkv', [1, 1, 1]],
    ['Show - S2023E115.mkv', [2023, 115, 115]],
    ['Show Season 2 Episode 7.mkv', [2, 7, 7]],
    ['Show Season 2 Episode 7-8.mkv', [2, 7, 8]],
    ['Show 1x05.avi', [1, 5, 5]],
    ['Show 1x05-06.avi', [1, 5, 6]],
    ['Show 1x05-1x06.avi', [1, 5, 6]],
    ['Show 1x05-720p.avi', [1, 5, 5]],
    ['Show - E01.mkv', [undefined, 1, 1]],
    ['Show - E01-E02.mkv', [undefined, 1, 2]],
    ['E03E04.mkv', [undefined, 3, 4]],
    ['Episode 1-2.mkv', [undefined, 1, 2]],
    ['Episode 9.mkv', [undefined, 9, 9]],
    ['C:\\TV\\S09\\Show.S01E02-E03.mkv', [1, 2, 3]],
    ['/tv/S01E01-E04/Show - S02E05.mkv', [2, 5, 5]],
  ])('%s', (path, expected) => {
    expect(said(path)).toEqual(expected);
  });

  it.each([['Movie (1999).mkv'], ['Show.1920x1080.mkv'], ['Movie.x264.mkv'], ['Wall-E.mkv'], ['THE1.mkv'], [''], ['/tv/S01E01/']])(
    'none in %s',
    (path) => {
      expect(said(path)).toBeUndefined();
    },
  );

  it('a name that fits two grammars is read by the first', () => {
    expect(said('Show 2x09 S01E01-E02.mkv')).toEqual([1, 1, 2]);
    expect(said('Season 1 Episode 3 - 4x05.mkv')).toEqual([1, 3, 3]);
  });
});

describe('the list of a range', () => {
  it('holds each of its episodes, up to the limit', () => {
    expect(listEpisodes({ first: 1, last: 5 })).toEqual([1, 2, 3, 4, 5]);
    expect(listEpisodes({ first: 1, last: 8 }, 8)).toHaveLength(8);
  });

  it('is the first alone beyond the limit', () => {
    expect(listEpisodes({ first: 3, last: 8 })).toEqual([3]);
    expect(listEpisodes({ first: 3, last: 4 }, 1)).toEqual([3]);
  });
});
