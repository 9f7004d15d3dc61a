import { describe, expect, it } from 'vitest';
import { type PathMapping, placeOf, sharedFolder } from './path-mapping.ts';

const MAPPINGS: readonly PathMapping[] = [
  { from: '/media', to: '/mnt/nas' },
  { from: '/media/films/', to: '/mnt/fast/films/' },
  { from: 'D:\\Shows', to: '/mnt/shows' },
  { from: '\\\\tower\\kids', to: '/mnt/kids' },
  { from: '/srv', to: 'E:\\srv' },
];

describe('the place of a file that a server named', () => {
  it.each([
    ['by the folder that fits', '/media/shows/A/1.mkv', '/mnt/nas/shows/A/1.mkv', '/mnt/nas'],
    ['by the longest of several', '/media/films/A.mkv', '/mnt/fast/films/A.mkv', '/mnt/fast/films/'],
    ['whole names only', '/media/filmsets/A.mkv', '/mnt/nas/filmsets/A.mkv', '/mnt/nas'],
    ['whatever the number of slashes', '//media///films//A.mkv', '/mnt/fast/films/A.mkv', '/mnt/fast/films/'],
    ['of Windows, in any case and with either slash', 'd:/shows\\The Wire/1.mkv', '/mnt/shows/The Wire/1.mkv', '/mnt/shows'],
    ['of a Windows share', '\\\\TOWER\\Kids\\A.mkv', '/mnt/kids/A.mkv', '/mnt/kids'],
    ['as it is named where no folder fits', '/films/A (1999)/A.mkv', '/films/A (1999)/A.mkv', '/films'],
    ['with a back slash in a Linux name', '/media/AC\\DC.mkv', '/mnt/nas/AC\\DC.mkv', '/mnt/nas'],
    ['at the top of the machine', '/A.mkv', '/A.mkv', '/'],
  ])('is found %s', (_how, reported, path, root) => {
    expect(placeOf(reported, MAPPINGS)).toEqual({ path, root, mapped: path !== reported });
  });

  it.each([
    ['climbs out of its folder', '/media/../etc/A.mkv'],
    ['climbs with back slashes', '/media/a\\..\\..\\b.mkv'],
    ['climbs on Windows', 'D:\\Shows\\..\\..\\A.mkv'],
    ['has a step that stays', '/media/./A.mkv'],
    ['holds a zero byte', '/media/A.mkv\0.txt'],
    ['is of Windows, and nobody said where', 'Z:\\A.mkv'],
    ['is no whole path', 'films/A.mkv'],
    ['says nothing', ''],
    ['is an address', 'http://tower/A.mkv'],
    ['would lie on Windows, and this is none', '/srv/A.mkv'],
  ])('is nowhere where the path %s', (_why, reported) => {
    expect(placeOf(reported, MAPPINGS)).toBeUndefined();
  });

  it('is never the mapped folder itself', () => {
    expect(placeOf('/mapped', [{ from: '/mapped', to: '/mnt' }])).toEqual({ path: '/mapped', root: '/', mapped: false });
  });
});

describe('the folder that files share', () => {
  it.each([
    [['/media/films/A/A.mkv', '/media/films/B/B.mkv'], '/media/films'],
    [['/media/films/A.mkv', '/media/filmsets/B.mkv'], '/media'],
    [['/media/films/A.mkv'], '/media/films'],
    [['/a/A.mkv', '/b/B.mkv'], undefined],
    [['D:\\Films\\A\\A.mkv', 'D:\\Films\\B.mkv'], 'D:\\Films'],
    [['\\\\tower\\kids\\A.mkv', '\\\\tower\\kids\\B.mkv'], '\\\\tower\\kids'],
    [[], undefined],
  ])('of %j is %s', (paths, folder) => {
    expect(sharedFolder(paths)).toBe(folder);
  });
});
