import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { vi } from 'vitest';
import { loadConfig } from '#platform/config/index.ts';
import { openChromium } from '#tests/support/chromium.ts';
import type { HouseOptions } from '../../../server/src/app.ts';
import { type House, openHouse } from '../../../server/src/house.ts';

const PASSWORD = 'a long enough password';
export const OWNER = { username: 'mo', password: PASSWORD };

export type Theme = 'light' | 'dark';
export type Look = Readonly<{ width?: number; theme?: Theme; context?: BrowserContext }>;

/** A page of the web app in a real Chromium, and whatever went wrong while it was open. */
export type Visit = Readonly<{
  page: Page;
  /** Errors of the page and its console, a blocked call included. */
  faults: readonly string[];
  /** Addresses of any other host. */
  elsewhere: readonly string[];
  end(): Promise<void>;
}>;

export type WebApp = Readonly<{
  house: House;
  address: string;
  browser: Browser;
  /** Opens a page of the app: '/titles' is /app/titles. Without a `context` of an earlier visit nobody is signed in. */
  visit(path: string, look?: Look): Promise<Visit>;
  /** A context in which the owner is signed in; pages opened in it share the session. */
  signedIn(look?: Look, who?: Readonly<{ username: string; password: string }>): Promise<BrowserContext>;
  close(): Promise<void>;
}>;

export type WebAppOptions = Readonly<{ owner?: boolean }> & Partial<Omit<HouseOptions, 'config'>>;

/** The whole house in a folder of its own, listening, with its web app as `npm run build` made it. */
export async function startWebApp({ owner = true, ...options }: WebAppOptions = {}): Promise<WebApp> {
  const browser = await openChromium();
  const folder = await mkdtemp(join(tmpdir(), 'usherr-web-'));
  const config = loadConfig({ USHERR_DATA_DIR: folder, USHERR_HOST: '127.0.0.1', USHERR_PORT: '0', USHERR_LOG_LEVEL: 'warn' });
  const house = await openHouse({ logOutput: { write: () => true }, ...options, config: { ...config, port: 0 } });
  const address = (await house.listen()).replace(/\/$/, '');
  if (owner) await house.rooms.access.signup({ ...OWNER, setupCode: house.words.setupCode, address: '127.0.0.1' });

  const contextFor = ({ width = 1440, theme = 'light' }: Look) =>
    browser.newContext({
      viewport: { width, height: width < 800 ? 844 : 900 },
      colorScheme: theme,
      timezoneId: 'Europe/Oslo',
      locale: 'en-GB',
    });

  return {
    house,
    address,
    browser,
    async visit(path, look = {}) {
      const context = look.context ?? (await contextFor(look));
      const page = await context.newPage();
      const faults: string[] = [];
      const elsewhere: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      // A refused sign-in is told by the browser as well; anything else is a fault of ours, above all what the policy blocked.
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 40[134]/.test(message.text())) faults.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
      });
      await page.goto(`${address}/app${path}`);
      return { page, faults, elsewhere, end: () => (look.context ? page.close() : context.close()) };
    },
    async signedIn(look = {}, who = OWNER) {
      const context = await contextFor(look);
      const answer = await context.request.post(`${address}/api/v1/session/browser`, { data: who, headers: { origin: address } });
      if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}.`);
      return context;
    },
    async close() {
      await browser.close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on the page as it stands, by all rules or by these, each as "rule: where". */
export async function accessFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  // What fades in is paler than it will be.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))');
  // The page's policy allows no script of a test; the debugger's own evaluation is not bound by it.
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(AXE, 'utf8'));
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  };
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Whether the page needs no sideways scrolling. */
export const fitsTheWidth = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

/** Until nothing is read any more and everything has faded in. */
export async function settled({ page }: Visit): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // The page's own policy forbids what `waitForFunction` would do.
  await vi.waitUntil(async () => (await page.evaluate('document.querySelectorAll("[aria-busy=true]").length')) === 0, {
    timeout: 30_000,
    interval: 50,
  });
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))');
}
