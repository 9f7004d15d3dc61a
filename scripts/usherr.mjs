#!/usr/bin/env node
// The command line, on whatever Node the machine has (20 or newer): it hands over to the Node that came with the packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isWindows = process.platform === 'win32';
const packaged = join(root, 'node_modules', '.bin', isWindows ? 'node.cmd' : 'node');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;

if (!existsSync(join(root, 'node_modules', 'commander')) || (!isNewEnough && !existsSync(packaged))) {
  process.stderr.write(`The packages are not installed. Run "npm start" or "npm ci" in ${root} once, then try again.\n`);
  process.exit(1);
}

const node = isNewEnough ? process.execPath : packaged;
const args = ['--disable-warning=ExperimentalWarning', join(root, 'server', 'src', 'cli.ts'), ...process.argv.slice(2)];
const { status, error } = spawnSync(node, args, { stdio: 'inherit', shell: isWindows && !isNewEnough });
if (error) process.stderr.write(`The command line could not be started: ${error.message}\n`);
process.exit(status ?? 1);
