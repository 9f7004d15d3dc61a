import { readdir } from 'node:fs/promises';
import { messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes, seconds } from '#kernel/instant.ts';
import { DEFAULT_DEVICE, ENCODER_SPECS, ENCODERS, type Encoder } from './encoders.ts';
import { trialCommand } from './ffmpeg-command.ts';
import { lastLine } from './media-probe.ts';
import type { MediaTools } from './media-tools.ts';
import type { Program, ProgramRunner } from './run-program.ts';

/** An encoder that ffmpeg has, and why it does not work here, where it does not. */
export type TriedEncoder = Readonly<{ encoder: Encoder; reason?: string }>;

export type Hardware = Readonly<{
  /** In the order of preference: hardware first. Throws `misconfigured` where there is no ffmpeg. */
  encoders(): Promise<readonly TriedEncoder[]>;
  /** Devices that draw and encode, such as /dev/dri/renderD128. */
  devices(): Promise<readonly string[]>;
}>;

export type HardwareDeps = Readonly<{
  clock: Clock;
  tools: MediaTools;
  runner: Pick<ProgramRunner, 'run'>;
  /** The names in /dev/dri; none where there is no such folder. */
  listDevices?(): Promise<readonly string[]>;
}>;

const FOLDER = '/dev/dri';
/** Drivers come and go with updates, not with the minute. */
const KEPT: Duration = minutes(10);
const TRIAL_PATIENCE: Duration = seconds(15);

/** What can encode here. Whether a driver works is only known once it has: each encoder that ffmpeg names makes a few pictures. */
export function createHardware({ clock, tools, runner, listDevices = namesOfDevices }: HardwareDeps): Hardware {
  let kept: Readonly<{ at: Instant; answer: Promise<readonly TriedEncoder[]> }> | undefined;

  const devices = async (): Promise<readonly string[]> =>
    (await listDevices())
      .filter((name) => /^renderD\d{1,4}$/.test(name))
      .sort()
      .map((name) => `${FOLDER}/${name}`);

  async function named(program: Program): Promise<readonly Encoder[]> {
    const { stdout } = await runner.run({ program, args: ['-hide_banner', '-encoders'] });
    const names = new Set(
      stdout
        .toString('utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[1]),
    );
    return ENCODERS.filter((encoder) => names.has(encoder));
  }

  async function faultOf(program: Program, encoder: Encoder, found: readonly string[]): Promise<string | undefined> {
    const [device] = found;
    if (encoder === 'h264_vaapi' && device === undefined) return `there is no device such as ${DEFAULT_DEVICE}`;
    try {
      const signal = AbortSignal.timeout(TRIAL_PATIENCE);
      const done = await runner.run({ program, args: trialCommand(encoder, device ?? DEFAULT_DEVICE), signal });
      return done.code === 0 ? undefined : lastLine(done.stderr) || 'it fails';
    } catch (error) {
      return messageOf(error);
    }
  }

  async function tryAll(): Promise<readonly TriedEncoder[]> {
    const program = await tools.find('ffmpeg');
    const found = await devices();
    const tried: TriedEncoder[] = [];
    // One after the other: a driver that is asked twice at once may refuse both.
    for (const encoder of await named(program)) {
      const reason = ENCODER_SPECS[encoder].hardware ? await faultOf(program, encoder, found) : undefined;
      tried.push({ encoder, ...(reason !== undefined && { reason }) });
    }
    return tried.sort((one, other) => Number(ENCODER_SPECS[other.encoder].hardware) - Number(ENCODER_SPECS[one.encoder].hardware));
  }

  return {
    devices,
    encoders() {
      if (kept && clock.now() - kept.at < KEPT) return kept.answer;
      const answer = tryAll();
      kept = { at: clock.now(), answer };
      answer.catch(() => {
        kept = undefined;
      });
      return answer;
    },
  };
}

const namesOfDevices = (): Promise<readonly string[]> => readdir(FOLDER).catch(() => []);
