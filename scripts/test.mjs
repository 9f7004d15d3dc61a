// Runs every kind of test and closes with one line that a machine can read. Arguments are handed on: `npm test -- path --project fast`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'usherr-test-'));
const report = join(folder, 'report.json');

const runVitest = () =>
  new Promise((resolve) => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)];
    const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });

const readCounts = () => {
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
  // A file that could not be loaded holds no test, yet it must be counted, or a syntax error would look like fewer tests.
  const unloaded = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded,
    skipped: results.numPendingTests + results.numTodoTests,
  };
};

const code = await runVitest();
const counts = readCounts();
rmSync(folder, { recursive: true, force: true });

const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
const ranNothing = passed + failed === 0;
if (!counts) process.stdout.write('The test runner ended without a report.\n');
else if (ranNothing) process.stdout.write('No test ran.\n');
else if (code !== 0 && failed === 0) process.stdout.write('Every test passed, but the run itself failed: see the errors above.\n');
process.exitCode = code !== 0 ? code : failed > 0 || ranNothing ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
