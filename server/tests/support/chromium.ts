import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const PACKAGE = '@sparticuz/chromium';
const ADVICE = `Run "npm ci" to install the package ${PACKAGE}; it holds a Chromium for Linux on x64 with glibc. Elsewhere set USHERR_TEST_CHROMIUM to an installed Chrome or Chromium.`;

// The nearest package.json may be one that only tells the module system; the package's own has a version.
const packageVersion = (entry: string): string => {
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    const version = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version?: string }).version : undefined;
    if (version) return version;
    if (folder === dirname(folder)) throw new Error(`no version found for ${entry}`);
  }
};

/**
 * Unpacks the browser once for each version and account. The package unpacks into the temporary folder without a lock, and takes a half
 * written file for a finished one; so it works in a folder of its own, which gets its name when it is complete.
 */
const unpack = (): string => {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const home = join(tmpdir(), `usherr-chromium-${packageVersion(entry)}-${process.getuid?.() ?? 0}`);
  if (existsSync(home)) return home;
  const staging = mkdtempSync(join(tmpdir(), 'usherr-chromium-staging-'));
  const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)}); await chromium.executablePath();`;
  // The variable makes the package unpack the system libraries too, which a bare machine lacks.
  const env = { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { env, encoding: 'utf8' });
  try {
    if (done.status !== 0) throw new Error(done.error?.message ?? done.stderr.trim());
    renameSync(staging, home);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another test file was faster: its folder is as good.
    if (!existsSync(home)) throw error;
  }
  return home;
};

/** The package's own configuration names a folder that only its usual home has: text would be invisible, and take no room. */
const fontsOf = (home: string): string => {
  const file = join(home, 'fonts', 'usherr-fonts.conf');
  const folders = [join(home, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>`;
  if (!existsSync(file)) writeFileSync(file, text);
  return file;
};

/** Fonts that need no installation, for whatever else draws text in a test: the path of a fontconfig file. */
export const packagedFonts = (): string => fontsOf(unpack());

const environmentFor = (home: string): Record<string, string> => {
  const env: Record<string, string> = { FONTCONFIG_FILE: fontsOf(home) };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  const linked = spawnSync('ldd', [join(home, 'chromium')], { encoding: 'utf8' });
  // The packed libraries help only where the system has none: mixed with newer ones they break the browser.
  if (linked.status !== 0 || linked.stdout.includes('not found')) {
    env.LD_LIBRARY_PATH = [join(home, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return env;
};

const launch = async (): Promise<Browser> => {
  const own = process.env.USHERR_TEST_CHROMIUM;
  if (own) return chromium.launch({ executablePath: own, headless: true, args: ['--no-sandbox'] });
  const home = unpack();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    headless: true,
    // Root may not use the sandbox, and containers seldom have a shared memory folder of a useful size.
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
    env: environmentFor(home),
  });
};

/**
 * Starts a real Chromium without a window; the caller closes it. The first call on a machine unpacks it, which takes seconds.
 * @throws Error that says what to install when this machine cannot run it.
 */
export const openChromium = async (): Promise<Browser> => {
  try {
    return await launch();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`Chromium for the tests did not start: ${reason}. ${ADVICE}`, { cause: error });
  }
};
