import { describe, expect, it } from 'vitest';
import { toLocalPath } from './path-map.ts';

const MAP = [
  { from: '/data/media', to: '/mnt/media/' },
  { from: '/data/media/tv', to: '/srv/tv' },
  { from: 'D:\\Films', to: '/mnt/films' },
];

describe('a path of a server on this machine', () => {
  it.each([
    ['/data/media/movies/Heat.mkv', '/mnt/media/movies/Heat.mkv', '/mnt/media'],
    ['/data/media/tv/Show/S01E01.mkv', '/srv/tv/Show/S01E01.mkv', '/srv/tv'],
    ['D:\\Films\\Heat (1995)\\Heat.mkv', '/mnt/films/Heat (1995)/Heat.mkv', '/mnt/films'],
    ['/data/media', '/mnt/media', '/mnt/media'],
    ['/data/media2/x.mkv', '/data/media2/x.mkv', '/data'],
    ['/movies/x.mkv', '/movies/x.mkv', '/movies'],
    ['E:\\x.mkv', 'E:\\x.mkv', 'E:'],
  ])('%s is %s', (path, local, root) => expect(toLocalPath(MAP, path)).toEqual({ path: local, root }));

  it('may be put right below the root', () => {
    expect(toLocalPath([{ from: '/data', to: '/' }], '/data/x.mkv')).toEqual({ path: '/x.mkv', root: '/' });
  });
});
