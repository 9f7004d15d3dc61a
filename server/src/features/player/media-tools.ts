import { chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AppError } from '#kernel/app-error.ts';
import type { Program, ProgramRunner } from './run-program.ts';

export type ToolName = 'ffmpeg' | 'ffprobe';

export type MediaTools = Readonly<{
  /** The program, once it has been found. Throws `misconfigured`, with what to install. */
  find(name: ToolName): Promise<Program>;
}>;

export type MediaToolsDeps = Readonly<{
  /** Where somebody said that they are. */
  configured: Readonly<Partial<Record<ToolName, string | undefined>>>;
  runner: Pick<ProgramRunner, 'run'>;
  /** The path inside an installed package, where there is one. */
  packaged?(name: ToolName): Promise<string | undefined>;
}>;

const VARIABLES: Readonly<Record<ToolName, string>> = { ffmpeg: 'USHERR_FFMPEG', ffprobe: 'USHERR_FFPROBE' };

/**
 * The packaged programs are linked in one piece and crash when they load the machine's tables of character sets, as they do for names in
 * a transport stream. Without tables they go on.
 */
const WITHOUT_CHARACTER_SETS = { GCONV_PATH: '/nowhere' } as const;

/** ffmpeg and ffprobe: where the environment says, else the machine's own, else those of packages that happen to be installed. */
export function createMediaTools({ configured, runner, packaged = packagedPath }: MediaToolsDeps): MediaTools {
  const found = new Map<ToolName, Program>();

  const works = (program: Program): Promise<boolean> =>
    runner.run({ program, args: ['-version'] }).then(
      ({ code }) => code === 0,
      () => false,
    );

  async function look(name: ToolName): Promise<Program> {
    const told = configured[name];
    if (told !== undefined) {
      if (await works({ path: told })) return { path: told };
      throw new AppError('misconfigured', `${VARIABLES[name]} is "${told}", and no ${name} runs there. Correct it, or leave it empty.`);
    }
    if (await works({ path: name })) return { path: name };
    const path = await packaged(name);
    const program = path === undefined ? undefined : { path, environment: WITHOUT_CHARACTER_SETS };
    if (program && (await works(program))) return program;
    throw new AppError(
      'misconfigured',
      `Files cannot be read or played: there is no ${name} on this machine. Install ffmpeg, which brings ffprobe along, or set ${VARIABLES[name]} to the path of ${name}.`,
    );
  }

  return {
    async find(name) {
      // Only what was found is kept: whoever installs it meanwhile needs no restart.
      const program = found.get(name) ?? (await look(name));
      found.set(name, program);
      return program;
    },
  };
}

const require = createRequire(import.meta.url);

async function packagedPath(name: ToolName): Promise<string | undefined> {
  try {
    const { path } = require(`@${name}-installer/${name}`) as { path: string };
    // The packages set this bit in an install script, which npm may have been told not to run.
    if (process.platform !== 'win32') await chmod(path, 0o755).catch(() => undefined);
    return path;
  } catch {
    return undefined;
  }
}
