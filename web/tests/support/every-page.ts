import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { accessFaults, fitsTheWidth, settled, startWebApp, type Theme, type Visit, type WebApp } from './web-app.ts';

const SHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url));
/** Widths that a page must hold without sideways scrolling. */
const WIDTHS = [320, 390, 768, 1024, 1440];

/** Pages that the menu does not lead to by itself; `/titles/first` and the like stand for what the demo household brought. */
const WITHIN = [
  '/people/match',
  '/sync/conflicts',
  '/tracker/history',
  '/tracker/stats',
  '/tracker/import',
  '/tracker/apps',
  '/requests/plan',
  '/requests/rules',
  '/activity/changes',
  '/tasks/events',
  '/connections/new/plex',
  '/connections/new/jellyfin',
  '/connections/new/seerr',
  '/settings/general',
  '/settings/limits',
  '/settings/backups',
  '/settings/keys',
  '/settings/apps',
  '/settings/about',
  ...['duplicates', 'parity', 'integrity', 'unmatched', 'mismatched', 'stale'].map((kind) => `/diagnostics/${kind}`),
];

type Listed = Readonly<{ items: readonly Readonly<{ id: number | string }>[] }>;

/** The demo household, with its first plan applied: every room has something to show. Gives pages of what came with it. */
async function fill(app: WebApp): Promise<string[]> {
  const context = await app.signedIn();
  const base = `${app.address}/api/v1`;
  const send = async (path: string, data: object) => {
    const answer = await context.request.post(base + path, { data, headers: { origin: app.address } });
    expect(answer.ok(), path).toBe(true);
  };
  const listed = async (path: string): Promise<Listed['items']> =>
    ((await (await context.request.get(base + path)).json()) as Listed).items;
  const until = (path: string) => vi.waitUntil(async () => (await listed(path)).length > 0, { timeout: 60_000, interval: 200 });
  await send('/demo', {});
  await send('/plans', {});
  await until('/plans?state=proposed');
  const plan = (await listed('/plans?state=proposed'))[0]?.id;
  await send(`/plans/${plan}/approve`, {});
  await until('/plans?state=applied');
  await until('/titles?limit=1');
  const title = (await listed('/titles?limit=1'))[0]?.id;
  const account = (await app.house.rooms.connections.list())[0]?.id;
  await context.close();
  return [`/sync/plan/${plan}`, `/titles/${title}`, `/connections/${account}`];
}

/** Every page that there is: what the menu leads to, what lies within, and what the demo household brought. */
async function everyPath(app: WebApp): Promise<readonly string[]> {
  const filled = await fill(app);
  const { page, end } = await app.visit('/', { context: await app.signedIn() });
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link').first().waitFor();
  const hrefs = (await page.evaluate(
    '[...document.querySelectorAll("aside nav a")].map((one) => one.getAttribute("href"))',
  )) as readonly string[];
  await end();
  return [...hrefs.map((href) => href.replace(/^\/app/, '')), ...WITHIN, ...filled];
}

const nameOf = (path: string): string =>
  path
    .slice(1)
    .replaceAll('/', '-')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}|\d+/g, 'one') || 'home';

async function faultsOf(path: string, theme: Theme, visit: Visit): Promise<string[]> {
  const { page } = visit;
  const found = await accessFaults(page);
  // The other theme differs in colours alone.
  const other = theme === 'light' ? 'dark' : 'light';
  await page.emulateMedia({ colorScheme: other });
  await vi.waitUntil(async () => (await page.evaluate('document.documentElement.dataset.mantineColorScheme')) === other, {
    timeout: 10_000,
  });
  found.push(...(await accessFaults(page, ['color-contrast'])).map((fault) => `${fault} in the other theme`));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    if (!(await fitsTheWidth(page))) found.push(`scrolls sideways at ${width} px`);
  }
  return [...found, ...visit.faults, ...visit.elsewhere.map((url) => `calls ${url}`)].map((fault) => `${path}: ${fault}`);
}

/** Opens every page at the width, takes its picture, and answers what is wrong: nothing, or a line for each fault. */
export async function walkEveryPage(width: number, theme: Theme): Promise<readonly string[]> {
  // Nobody's real plex.tv is asked.
  const app = await startWebApp({ plexTvUrl: 'http://127.0.0.1:9' });
  try {
    await mkdir(SHOTS, { recursive: true });
    const paths = await everyPath(app);
    const context = await app.signedIn({ width, theme });
    const found: string[] = [];
    for (const path of paths) {
      const visit = await app.visit(path, { context });
      const isThere = await settled(visit).then(
        () => true,
        () => false,
      );
      if (!isThere) found.push(`${path}: does not come to rest`);
      await visit.page.screenshot({ path: `${SHOTS}${nameOf(path)}-${width}.jpg`, type: 'jpeg', quality: 50, fullPage: false });
      found.push(...(await faultsOf(path, theme, visit)));
      await visit.end();
    }
    await context.close();
    return found;
  } finally {
    await app.close();
  }
}
