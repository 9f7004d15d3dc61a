import { beforeEach, describe, expect, it } from 'vitest';
import { minutes } from '#kernel/instant.ts';
import { createHardware } from './hardware.ts';
import type { ProgramRunner } from './run-program.ts';

const LIST = (...names: string[]) =>
  `Encoders:\n V..... = Video\n ------\n${names.map((name) => ` V..... ${name}   Some encoder`).join('\n')}\n A..... aac   AAC\n`;
const ALL = ['libx264', 'h264_nvenc', 'h264_qsv', 'h264_vaapi', 'libx265'];

let now = 0;
let trials: string[];
beforeEach(() => {
  now = 0;
  trials = [];
});

/** A machine that is not here: what its ffmpeg names, which of it works, and which devices it has. */
function machine({ named = ALL, working = [] as readonly string[], devices = [] as readonly string[] }) {
  const run: ProgramRunner['run'] = async ({ args }) => {
    if (args.includes('-encoders')) return { code: 0, stderr: '', stdout: Buffer.from(LIST(...named)) };
    const encoder = args[args.indexOf('-c:v') + 1] ?? '';
    trials.push(`${encoder} ${args.includes('-vaapi_device') ? args[args.indexOf('-vaapi_device') + 1] : ''}`.trim());
    if (encoder === 'h264_qsv' && !working.includes(encoder)) throw new Error('spawn EACCES');
    return {
      code: working.includes(encoder) ? 0 : 1,
      stderr: working.includes(encoder) ? '' : 'first line\nCannot load libcuda.so.1\n',
      stdout: Buffer.alloc(0),
    };
  };
  return createHardware({
    clock: { now: () => now },
    tools: { find: async () => ({ path: 'ffmpeg' }) },
    runner: { run },
    listDevices: async () => devices,
  });
}

describe('what can encode here', () => {
  it.each<[string, Parameters<typeof machine>[0], string[]]>([
    ['the processor, where there is nothing else', {}, ['libx264']],
    ['a card of NVIDIA', { working: ['h264_nvenc'] }, ['h264_nvenc', 'libx264']],
    [
      'a chip of Intel, by both of its ways',
      { working: ['h264_qsv', 'h264_vaapi'], devices: ['card0', 'renderD128'] },
      ['h264_qsv', 'h264_vaapi', 'libx264'],
    ],
    ['no VAAPI without a device', { working: ['h264_vaapi'] }, ['libx264']],
    ['nothing that ffmpeg does not have', { named: ['libx264'], working: ALL, devices: ['renderD128'] }, ['libx264']],
    ['nothing at all', { named: ['libx265'] }, []],
  ])('%s', async (_what, given, expected) => {
    const tried = await machine(given).encoders();
    expect(tried.filter((one) => one.reason === undefined).map((one) => one.encoder)).toEqual(expected);
  });

  it('is told with the reason of what does not work', async () => {
    expect(await machine({ devices: ['renderD129'] }).encoders()).toEqual([
      { encoder: 'h264_nvenc', reason: 'Cannot load libcuda.so.1' },
      { encoder: 'h264_qsv', reason: 'spawn EACCES' },
      { encoder: 'h264_vaapi', reason: 'Cannot load libcuda.so.1' },
      { encoder: 'libx264' },
    ]);
    expect(trials).toEqual(['h264_nvenc', 'h264_qsv', 'h264_vaapi /dev/dri/renderD129']);
  });

  it('is tried again after a while', async () => {
    const hardware = machine({ named: ['h264_nvenc'] });
    await Promise.all([hardware.encoders(), hardware.encoders()]);
    now = minutes(10) - 1;
    await hardware.encoders();
    expect(trials).toHaveLength(1);
    now = minutes(10);
    await hardware.encoders();
    expect(trials).toHaveLength(2);
  });

  it('names the devices that draw, and no others', async () => {
    expect(await machine({ devices: ['renderD129', 'card0', 'by-path', 'renderD128', 'renderDx'] }).devices()).toEqual([
      '/dev/dri/renderD128',
      '/dev/dri/renderD129',
    ]);
  });
});
