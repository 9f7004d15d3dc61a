import { describe, expect, it } from 'vitest';
import { readFileName } from './file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['Game.of.Thrones.S01E02.The.Kingsroad.1080p.BluRay.x264-GROUP.mkv', { title: 'Game of Thrones', season: 1, episodes: [2] }],
    ['Was.Heisst.Hier.Liebe.S02E03.mkv', { title: 'Was Heisst Hier Liebe', season: 2, episodes: [3] }],
    ['/tv/Game of Thrones (2011)/Season 1/S01E02.mkv', { title: 'Game of Thrones', year: 2011, season: 1, episodes: [2] }],
    ['/tv/Lost/Season 02/Lost - S02E03-E04 - Orientation.avi', { title: 'Lost', season: 2, episodes: [3, 4] }],
    ['C:\\Serien\\Dark\\Staffel 3\\E04.mkv', { title: 'Dark', season: 3, episodes: [4] }],
    ['/tv/Sherlock/Specials/Sherlock - Episode 3.mp4', { title: 'Sherlock', season: 0, episodes: [3] }],
    ['Doctor.Who.2005.S01E01.Rose.mkv', { title: 'Doctor Who', year: 2005, season: 1, episodes: [1] }],
    ['The Office (US) - 3x07 - Branch Closing.mkv', { title: 'The Office (US)', season: 3, episodes: [7] }],
    ['Seinfeld Season 4 Episode 11.avi', { title: 'Seinfeld', season: 4, episodes: [11] }],
    ['[SubsPlease] Sousou no Frieren - 05 (1080p) [ABCD1234].mkv', { title: 'Sousou no Frieren', episodes: [5] }],
    ['[Group]_One_Piece_-_1042v2.mkv', { title: 'One Piece', episodes: [1042] }],
    ['One Piece - 1042v2.mkv', { title: 'One Piece', episodes: [1042] }],
    ['/series/The Office/Season 4/The Office [401] Fun Run.avi', { title: 'The Office', season: 4, episodes: [1] }],
    ['/series/The Office/Season 4/The Office [501] Weight Loss.avi', { title: 'The Office Weight Loss' }],
    ['Were.The.Fugawis.S01E01E02.WS.DSR.x264-NY2.mkv', { title: 'Were The Fugawis', season: 1, episodes: [1, 2] }],
    ['24.S01E01.mkv', { title: '24', season: 1, episodes: [1] }],
    ['Heat.1995.1080p.BluRay.mkv', { title: 'Heat', year: 1995 }],
    ['Heat (1995).mkv', { title: 'Heat', year: 1995 }],
    ['/films/Heat (1995)/heat.mkv', { title: 'Heat', year: 1995 }],
    ['/films/Heat (1995) {imdb-tt0113277}/disc 1.mkv', { title: 'Heat', year: 1995 }],
    ['Blade.Runner.2049.2017.2160p.mkv', { title: 'Blade Runner 2049', year: 2017 }],
    ['2001 A Space Odyssey 1968.mkv', { title: '2001 A Space Odyssey', year: 1968 }],
    ['1917.2019.mkv', { title: '1917', year: 2019 }],
    ['1917.mkv', { title: '1917' }],
    ['Amélie.mkv', { title: 'Amélie' }],
    ['Spirited Away [BD 1080p].mkv', { title: 'Spirited Away' }],
    ['S01E01.mkv', undefined],
    ['.mkv', undefined],
    ['', undefined],
    ['///', undefined],
    ['----', undefined],
  ])('%s', (path, told) => {
    expect(readFileName(path)).toEqual(told);
  });

  it('is read in time however long it is', () => {
    expect(readFileName(`${'a.'.repeat(200_000)}S01E01.mkv`)?.episodes).toEqual([1]);
    expect(readFileName(`${' - '.repeat(100_000)}(`)).toBeUndefined();
  });
});
