import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults, fitsTheWidth, startWebApp, type Theme, type Visit, type WebApp } from './support/web-app.ts';

const SHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));
/** Widths that a page must hold without sideways scrolling. */
const WIDTHS = [320, 390, 768, 1024, 1440];

let app: WebApp;
let rooms: { name: string; path: string }[];
beforeAll(async () => {
  app = await startWebApp();
  await mkdir(SHOTS, { recursive: true });
  const { page, end } = await app.visit('/', { context: await app.signedIn() });
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link').first().waitFor();
  const hrefs = (await page.evaluate(
    '[...document.querySelectorAll("aside nav a")].map((one) => one.getAttribute("href"))',
  )) as readonly string[];
  rooms = hrefs.map((href) => ({ path: href.replace(/^\/app/, ''), name: href.replace(/^\/app\/?/, '').replaceAll('/', '-') || 'home' }));
  await end();
}, 120_000);
afterAll(() => app?.close());

/** Until nothing is read any more and everything has faded in. */
async function settled({ page }: Visit): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction('document.querySelectorAll("[aria-busy=true]").length === 0');
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))');
}

async function faultsOf(path: string, visit: Visit): Promise<string[]> {
  const found = (await accessFaults(visit.page)).map((fault) => `${path}: ${fault}`);
  for (const width of WIDTHS) {
    await visit.page.setViewportSize({ width, height: 900 });
    if (!(await fitsTheWidth(visit.page))) found.push(`${path}: scrolls sideways at ${width} px`);
  }
  return [...found, ...visit.faults.map((fault) => `${path}: ${fault}`), ...visit.elsewhere.map((url) => `${path}: calls ${url}`)];
}

describe.each([
  [390, 'light'],
  [390, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)('every room at %i px, %s', (width: number, theme: Theme) => {
  it('can be used by everybody, fits every width, breaks nothing and calls nobody else', async () => {
    const context = await app.signedIn({ width, theme });
    const found: string[] = [];
    for (const { name, path } of rooms) {
      const visit = await app.visit(path, { context });
      await settled(visit);
      // One theme for each width keeps the folder small.
      if ((width === 390) === (theme === 'light')) {
        await visit.page.screenshot({ path: `${SHOTS}${name}-${width}.jpg`, type: 'jpeg', quality: 60, fullPage: false });
      }
      found.push(...(await faultsOf(path, visit)));
      await visit.end();
    }
    await context.close();
    expect(found).toEqual([]);
  }, 300_000);
});
