import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Paths or names of the two programs, ready to be spawned. */
export type FfmpegPrograms = { readonly ffmpeg: string; readonly ffprobe: string };

const require = createRequire(import.meta.url);

const works = (program: string): boolean => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0;

const packaged = (name: string): string | undefined => {
  try {
    const { path } = require(`@${name}-installer/${name}`) as { path: string };
    // The packages set this bit in an install script, which npm may have been told not to run.
    if (process.platform !== 'win32') chmodSync(path, 0o755);
    return path;
  } catch {
    return undefined;
  }
};

const find = (name: string): string => {
  if (works(name)) return name;
  const path = packaged(name);
  if (path && works(path)) return path;
  throw new Error(
    `${name} was not found. Install ffmpeg on this machine, or run "npm ci" where the package @${name}-installer/${name} has a program for ${process.platform}-${process.arch}.`,
  );
};

/**
 * The machine's own ffmpeg and ffprobe, else those of the installed packages.
 * @throws Error that says what to install when there is neither.
 */
export const findFfmpeg = (): FfmpegPrograms => ({ ffmpeg: find('ffmpeg'), ffprobe: find('ffprobe') });
