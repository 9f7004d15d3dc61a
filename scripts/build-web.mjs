// Builds the web app where its sources or packages have changed since the last build. Runs before `npm start` and `npm test`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, 'web');
const mark = join(web, 'dist', '.built');

const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const fingerprint = () => {
  const hash = createHash('sha256');
  const files = [...sources(join(web, 'src')), ...sources(join(web, 'public'))];
  const more = ['web/index.html', 'web/vite.config.ts', 'package-lock.json'].map((name) => join(root, name));
  for (const file of [...files, ...more].sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
};

const wanted = fingerprint();
const built = existsSync(mark) ? readFileSync(mark, 'utf8') : '';
if (built !== wanted) {
  process.stderr.write('Building the web app. This happens once for each version and takes some seconds.\n');
  try {
    const { build } = await import('vite');
    await build({ configFile: join(web, 'vite.config.ts'), root: web, logLevel: 'warn' });
    writeFileSync(mark, wanted);
  } catch (error) {
    process.stderr.write(
      `The web app was not built: ${error instanceof Error ? error.message : error}. The server starts without it; all of its APIs and the command line work.\n`,
    );
    if (process.env.npm_lifecycle_event !== 'prestart') process.exitCode = 1;
  }
}
