import type { Page } from 'playwright-core';
import { insertRows } from '#platform/db/index.ts';
import { startWebApp, type WebApp } from '../web/tests/support/web-app.ts';
import type { Figure, Reading } from './figure.ts';

const MANY = 100_000;
const FEW = 50;
const STEPS = 80;
const STEP_PX = 700;
const STEP_MS = 30;
/** A browser calls a task long from here on; a list of 50 may well have none. */
const ONE_LONG_TASK_MS = 50;

/** A list of a hundred thousand titles in a real browser: how long its thread is held while one scrolls, beside a list of fifty. */
export const scrollFigure: Figure = {
  id: 'scroll',
  title: 'Scrolling through titles',
  async measure({ runs, tell }) {
    const app = await startWebApp();
    const readings: Reading[] = [];
    try {
      await fill(app, 'zebra', MANY, 1_000_000);
      await fill(app, 'gnu', FEW, 2_000_000);
      for (let run = 1; run <= runs; run++) {
        const few = await longTasks(app, 'gnu', FEW);
        const many = await longTasks(app, 'zebra', MANY);
        readings.push({
          value: many.ms,
          base: Math.max(ONE_LONG_TASK_MS, few.ms),
          beside: { tasks: many.count, tasksOfFew: few.count, rows: many.rows },
        });
        tell(
          `scroll ${run}/${runs}: ${many.count} long tasks of ${Math.round(many.ms)} ms, ${few.count} of ${Math.round(few.ms)} ms in a list of ${FEW}`,
        );
      }
    } finally {
      await app.close();
    }
    const name = `Long tasks while scrolling ${MANY} titles, of those in a list of ${FEW}`;
    return [{ name, unit: 'ms', bar: 2, against: { row: 'route', times: 1_000 }, readings }];
  },
};

async function fill(app: WebApp, word: string, count: number, first: number): Promise<void> {
  const columns = {
    media_id: 'integer',
    kind: 'text',
    title: 'text',
    sort_title: 'text',
    plain: 'text',
    year: 'integer',
    added_at: 'integer',
    servers: 'integer',
    parts: 'integer',
    has_ids: 'integer',
  } as const;
  const rows = Array.from({ length: count }, (_, index) => {
    const title = `${word} ${String(index).padStart(6, '0')}`;
    return [first + index, 'movie', title, title, title, 1_950 + (index % 70), index, 1, 1, 1];
  });
  await app.house.rooms.database.transaction((handle) => insertRows(handle, 'title_card', columns, rows));
}

async function longTasks(app: WebApp, word: string, count: number): Promise<Readonly<{ ms: number; count: number; rows: number }>> {
  const context = await app.signedIn();
  const { page, end } = await app.visit(`/titles?text=${word}`, { context });
  await page.getByRole('link', { name: `${word} 000000` }).waitFor();
  await page.evaluate(
    'window.long = []; new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask" })',
  );
  const rows = await scroll(page, count);
  const long = (await page.evaluate('window.long')) as number[];
  await end();
  await context.close();
  return { ms: long.reduce((sum, one) => sum + one, 0), count: long.length, rows };
}

/** The same way through both lists: a short one is gone through back and forth. Answers the most rows that were on the page. */
async function scroll(page: Page, count: number): Promise<number> {
  await page.mouse.move(700, 500);
  let down = true;
  let most = 0;
  for (let step = 0; step < STEPS; step++) {
    await page.mouse.wheel(0, down ? STEP_PX : -STEP_PX);
    await page.waitForTimeout(STEP_MS);
    const [at, end, rows] = (await page.evaluate(
      '[window.scrollY, document.documentElement.scrollHeight - window.innerHeight, document.querySelectorAll(\'main [role="row"]\').length]',
    )) as [number, number, number];
    most = Math.max(most, rows);
    if (at >= end - 1) down = false;
    if (at <= 0) down = true;
  }
  if (most > 100 || most < Math.min(count, 5)) throw new Error(`${most} rows were on the page.`);
  return most;
}
