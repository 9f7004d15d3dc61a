// Runs before `npm start`, `npm test` and `npm run check`, on whatever Node the machine has (20 or newer), so it uses nothing that has to be
// installed first. It compares the lock file with node_modules and installs when something is missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const withTests = process.argv[2] !== 'start';

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

const currentLibc = () => {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
};

// npm's rule for os, cpu and libc: a list of what is meant, or of what is not meant with a leading '!'.
const listAllows = (list, value) => {
  if (!list || list.length === 0) return true;
  const entries = [list].flat();
  if (entries.includes(`!${value}`)) return false;
  const wanted = entries.filter((entry) => !entry.startsWith('!'));
  return wanted.length === 0 || wanted.includes(value) || wanted.includes('any');
};

const libc = currentLibc();
const isForThisMachine = (entry) =>
  listAllows(entry.os, process.platform) && listAllows(entry.cpu, process.arch) && (!entry.libc || listAllows(entry.libc, libc));

const isWanted = (entry) => {
  if (entry.link) return false;
  if (!isForThisMachine(entry)) return false;
  // An optional package without a platform of its own comes along with one that has (or does not); npm decides, we do not guess.
  if (entry.optional && !entry.os && !entry.cpu) return false;
  return withTests || !entry.dev;
};

const lock = readJson(join(root, 'package-lock.json'));
if (!lock?.packages) {
  process.stderr.write('package-lock.json is missing or unreadable. Restore it from the repository, then try again.\n');
  process.exit(1);
}

const missingPackages = () => {
  // npm writes this file last: where it is absent, an installation was cut off in the middle.
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  const missing = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.startsWith('node_modules/') || !isWanted(entry)) continue;
    const isThere = installed?.[path]?.version === entry.version && existsSync(join(root, path, 'package.json'));
    if (!isThere) missing.push(`${path.replace(/^.*node_modules\//, '')}@${entry.version}`);
  }
  return missing;
};

const hasTestPackages = () =>
  Object.entries(lock.packages).some(([path, entry]) => entry.dev && !entry.optional && existsSync(join(root, path, 'package.json')));

const install = () => {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!withTests && !hasTestPackages()) args.push('--omit=dev');
  // A Node that lies in node_modules would be deleted under the running installation: the machine's own Node runs npm.
  const npmCli = process.env.npm_execpath;
  const nodeOfNpm = process.env.npm_node_execpath;
  const viaNode = npmCli && nodeOfNpm && !nodeOfNpm.startsWith(join(root, 'node_modules')) && /\.c?js$/.test(npmCli);
  const [command, first] = viaNode ? [nodeOfNpm, [npmCli]] : ['npm', []];
  const environment = { ...process.env, NODE_ENV: '' };
  const result = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment,
    shell: !viaNode && process.platform === 'win32',
  });
  if (result.status === 0) return;
  const how = result.error ? result.error.message : `npm ended with code ${result.status ?? result.signal}`;
  process.stderr.write(
    `Installing the packages failed: ${how}. Check that this machine reaches its package registry and that ${root} is writable, then try again.\n`,
  );
  process.exit(1);
};

const nodeVersion = () => {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const command = existsSync(own) ? own : 'node';
  const result = spawnSync(command, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return result.stdout?.trim() || process.version;
};

const missing = missingPackages();
if (missing.length > 0) {
  const named = missing.slice(0, 3).join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  process.stderr.write(`Installing packages (missing: ${named}${more}). This happens once and takes a minute.\n`);
  install();
  const left = missingPackages();
  if (left.length > 0) {
    process.stderr.write(`npm reported success, but these packages are still missing: ${left.join(', ')}.\n`);
  }
}

const version = nodeVersion();
if (Number(version.slice(1).split('.')[0]) < 24) {
  process.stderr.write(
    `Usherr runs on Node 24; this machine offers ${version}, and there is no packaged Node 24 for ${process.platform}-${process.arch}. Install Node 24 or newer.\n`,
  );
  process.exit(1);
}
