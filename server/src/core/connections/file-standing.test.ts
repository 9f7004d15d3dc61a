import { describe, expect, it } from 'vitest';
import { type FileStanding, fileStanding, fileStandings, type Sight } from './file-standing.ts';

describe('where a file stands', () => {
  it.each<[file: Sight, root: Sight, FileStanding]>([
    ['there', 'there', 'there'],
    ['there', 'unreadable', 'there'],
    ['absent', 'there', 'missing'],
    ['absent', 'absent', 'unknown'],
    ['absent', 'empty', 'unknown'],
    ['absent', 'unreadable', 'unknown'],
    ['unreadable', 'there', 'unknown'],
    ['unreadable', 'absent', 'unknown'],
  ])('%s on a root that is %s: %s', (file, root, standing) => {
    expect(fileStanding(file, root)).toBe(standing);
  });
});

describe('where many files stand', () => {
  const file = (root: string, sight: Sight) => ({ root, sight });
  const standings = (files: readonly ReturnType<typeof file>[], roots: Record<string, Sight>) =>
    fileStandings(files, new Map(Object.entries(roots))).map((one) => one.standing);

  it('tells a file that is missing from the others that are there', () => {
    expect(standings([file('/a', 'there'), file('/a', 'absent')], { '/a': 'there' })).toEqual(['there', 'missing']);
  });

  it('takes a root of which nothing is there for missing as a whole, though its folder is there', () => {
    expect(standings([file('/a', 'absent'), file('/a', 'absent'), file('/b', 'absent')], { '/a': 'there', '/b': 'there' })).toEqual([
      'unknown',
      'unknown',
      'missing',
    ]);
  });

  it('says nothing of a root that nobody looked at', () => {
    expect(standings([file('/a', 'absent'), file('/a', 'there')], {})).toEqual(['unknown', 'there']);
  });
});
