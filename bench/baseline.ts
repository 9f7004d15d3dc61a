import { createHttpClient, type HttpQuery } from '../server/src/platform/http-client/index.ts';
import { type BenchVendor, PAGE_SIZE } from './upstream.ts';

type List = Readonly<{ path: string; query(offset: number): HttpQuery; total(page: unknown): number }>;

const plexList = (section: number, type: number): List => ({
  path: `/library/sections/${section}/all`,
  query: (offset) => ({ type, includeGuids: 1, 'X-Plex-Container-Start': offset, 'X-Plex-Container-Size': PAGE_SIZE }),
  total: (page) => (page as { MediaContainer: { totalSize: number } }).MediaContainer.totalSize,
});

const jellyfinList = (parentId: string, includeItemTypes: string): List => ({
  path: '/Items',
  query: (startIndex) => ({ parentId, includeItemTypes, startIndex, limit: PAGE_SIZE }),
  total: (page) => (page as { TotalRecordCount: number }).TotalRecordCount,
});

const LISTS: Readonly<Record<BenchVendor, readonly List[]>> = {
  plex: [plexList(1, 1), plexList(2, 2), plexList(2, 4)],
  jellyfin: [
    jellyfinList('be9c4000000000000000000000000011', 'Movie'),
    jellyfinList('be9c4000000000000000000000000012', 'Series'),
    jellyfinList('be9c4000000000000000000000000012', 'Episode'),
  ],
};

/** The least that any import must do: every page in order, the next one on its way while one is parsed, and nothing kept. */
async function readAll(url: string, lists: readonly List[]): Promise<void> {
  const http = createHttpClient({ baseUrl: url, name: 'Baseline' });
  const signal = AbortSignal.timeout(600_000);
  for (const list of lists) {
    const get = (offset: number) => http.getJson(list.path, { query: list.query(offset), signal });
    let next: Promise<unknown> | undefined = get(0);
    for (let offset = PAGE_SIZE; next !== undefined; offset += PAGE_SIZE) {
      const page: unknown = await next;
      next = offset < list.total(page) ? get(offset) : undefined;
    }
  }
  await http.close();
}

const [vendor, url] = process.argv.slice(2);
if (process.send !== undefined && (vendor === 'plex' || vendor === 'jellyfin') && url !== undefined) {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await readAll(url, LISTS[vendor]);
  const { user, system } = process.cpuUsage(cpu);
  process.send({ wallMs: performance.now() - started, cpuMs: (user + system) / 1_000 });
  process.on('disconnect', () => process.exit(0));
}
