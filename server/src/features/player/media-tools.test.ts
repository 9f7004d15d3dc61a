import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { createMediaTools, type MediaToolsDeps } from './media-tools.ts';

function open(working: readonly string[], more: Partial<MediaToolsDeps> = {}) {
  const asked: string[] = [];
  const tools = createMediaTools({
    configured: {},
    packaged: async (name) => `/packages/${name}`,
    runner: {
      async run({ program }) {
        asked.push(program.path);
        if (!working.includes(program.path)) throw new Error('spawn ENOENT');
        return { code: 0, stderr: '', stdout: Buffer.alloc(0) };
      },
    },
    ...more,
  });
  return { tools, asked };
}

describe('ffmpeg', () => {
  it.each<[string, readonly string[], Partial<MediaToolsDeps>, string]>([
    ['where somebody said', ['/opt/ffmpeg', 'ffmpeg'], { configured: { ffmpeg: '/opt/ffmpeg' } }, '/opt/ffmpeg'],
    ['among the programs of the machine', ['ffmpeg', '/packages/ffmpeg'], {}, 'ffmpeg'],
    ['in a package', ['/packages/ffmpeg'], {}, '/packages/ffmpeg'],
  ])('is found %s', async (_where, working, more, path) => {
    expect((await open(working, more).tools.find('ffmpeg')).path).toBe(path);
  });

  it('is looked for once it is there, and again while it is not', async () => {
    const working: string[] = [];
    const { tools, asked } = open(working, { packaged: async () => undefined });
    await expect(tools.find('ffprobe')).rejects.toThrow(/Install ffmpeg.*USHERR_FFPROBE/);
    working.push('ffprobe');
    expect((await tools.find('ffprobe')).path).toBe('ffprobe');
    await tools.find('ffprobe');
    expect(asked).toEqual(['ffprobe', 'ffprobe']);
  });

  it('is not replaced by another one where the one that was said does not run', async () => {
    const { tools } = open(['ffmpeg'], { configured: { ffmpeg: '/opt/ffmpeg' } });
    const fault = await tools.find('ffmpeg').catch((error: unknown) => error);
    expect([isAppError(fault, 'misconfigured'), String(fault)]).toEqual([true, expect.stringContaining('USHERR_FFMPEG')]);
  });
});
