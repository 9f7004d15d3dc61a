import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { readTaskArgs, type TaskFlag } from './task-args.ts';

const ALL: readonly TaskFlag[] = ['force-full', 'dry-run', 'keep'];

const faultOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return isAppError(error) ? [error.code, error.faults[0]?.field] : error;
  }
  return 'nothing was thrown';
};

describe('arguments of a task', () => {
  it.each([
    [['-f'], { flags: ['force-full'] }],
    [['--force-full', '--dry-run', '-k'], { flags: ['force-full', 'dry-run', 'keep'] }],
    [['-u', 'alice'], { user: 'alice' }],
    [['--user=alice', '-s', 'plex', '--select-backend', 'emby,jelly'], { user: 'alice', backends: ['plex', 'emby', 'jelly'] }],
    [['-e', 'plex', '--exclude=emby'], { exclude: ['plex', 'emby'] }],
    [['-fvv', '--show-messages', 'stray'], { flags: ['force-full'], ignored: ['-v', '-v', '--show-messages', 'stray'] }],
    [[], {}],
  ])('%j', (args, expected: object) => {
    const { flags, ...rest } = readTaskArgs(args, ALL);
    const nothing = { flags: [], user: undefined, backends: [], exclude: [], ignored: [] };
    expect({ flags: [...flags], ...rest }).toEqual({ ...nothing, ...expected });
  });

  it.each([[['--dry-run']], [['--metadata-only']], [['-S', '1']], [['-I']]])(
    'refuse %j where the task cannot be limited so, instead of doing it in full',
    (args) => {
      expect(faultOf(() => readTaskArgs(args, []))).toEqual(['invalid', 'args']);
    },
  );

  it.each([[['-s']], [['--user']], [['--exclude=']]])('refuse %j, which lacks its value', (args) => {
    expect(faultOf(() => readTaskArgs(args, ALL))).toEqual(['invalid', 'args']);
  });

  it('only notes a wish for more than the task can do', () => {
    expect(readTaskArgs(['-f'], []).ignored).toEqual(['--force-full']);
  });
});
