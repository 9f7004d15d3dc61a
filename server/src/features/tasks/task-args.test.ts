import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { readTaskArgs, type TaskFlag } from './task-args.ts';

const ALL: readonly TaskFlag[] = ['force-full', 'dry-run', 'keep'];

const EVERY: readonly TaskFlag[] = ['force-full', 'dry-run', 'metadata-only', 'keep', 'no-compress', 'select-library', 'exclude-library'];

/** Of the commands behind its tasks, and of all its commands. */
const WATCHSTATE_FLAGS =
  `force-full dry-run sync-requests async-requests timeout user select-backend exclude select-library exclude-library metadata-only
  always-update-metadata show-messages logfile ignore-date keep no-enhance file no-compress check-files execute assume-yes run pruner
  no-cache refresh-cache force task save-log args output context trace debug profile jsonl verbose no-interaction`.split(/\s+/);

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

  it('tells the first flag that is none', () => {
    expect(readTaskArgs(['-f', '--no-such-flag', '--nor-this=1'], ALL)).toMatchObject({ unknown: '--no-such-flag' });
  });

  it.each(WATCHSTATE_FLAGS)('know --%s, which WatchState has', (flag) => {
    for (const args of [[`--${flag}=1`], [`--${flag}`, 'x']]) expect(readTaskArgs(args, EVERY)).not.toHaveProperty('unknown');
  });

  it('only notes a wish for more than the task can do', () => {
    expect(readTaskArgs(['-f'], []).ignored).toEqual(['--force-full']);
  });
});
