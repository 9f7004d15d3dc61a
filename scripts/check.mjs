// Everything that can be told without a database or a browser: types, Biome, walls, unused code and the fast tests, side by side.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = (...parts) => join(root, 'node_modules', ...parts);

/** Much of their time is waiting for sockets and clocks. */
const FAST = ['--maxWorkers', String(availableParallelism() + 1)];

// The longest first, so that the short ones fill the other core.
const steps = [
  { name: 'fast tests', script: program('vitest', 'vitest.mjs'), args: ['run', '--project', 'fast', ...FAST] },
  { name: 'types', script: program('typescript', 'bin', 'tsc'), args: ['--noEmit', '-p', '.'] },
  { name: 'types of the web app', script: program('typescript', 'bin', 'tsc'), args: ['--noEmit', '-p', 'web'] },
  { name: 'Biome', script: program('@biomejs', 'biome', 'bin', 'biome'), args: ['ci', '--error-on-warnings', '.'] },
  { name: 'walls', script: program('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), args: ['server/src', 'web/src'] },
  { name: 'unused code', script: program('knip', 'bin', 'knip.js'), args: ['--no-progress'] },
];

const run = (step) =>
  new Promise((resolve) => {
    const started = performance.now();
    const output = [];
    const child = spawn(process.execPath, [step.script, ...step.args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(String(error))));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (code !== 0) process.stdout.write(`${Buffer.concat(output).toString()}\n`);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)\n`);
      resolve(code === 0);
    });
  });

const started = performance.now();
const waiting = [...steps];
const outcomes = [];
const worker = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await run(step));
};
await Promise.all(Array.from({ length: Math.max(2, Math.min(3, availableParallelism())) }, worker));

const failed = outcomes.filter((isOk) => !isOk).length;
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(failed === 0 ? `All ${steps.length} checks passed in ${seconds} s\n` : `${failed} of ${steps.length} checks failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
