import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { jellyfinPages } from './jellyfin-pages.ts';
import { shelfOf } from './library.ts';
import { plexPages } from './plex-pages.ts';

/** What a vendor's bench upstream has: whole lists, by name, and how a request names a page of them. */
export type BenchPages = Readonly<{
  lists: readonly Readonly<{ name: string; total: number }>[];
  page(list: string, offset: number, size: number): object;
  find(url: URL): Readonly<{ list: string; offset: number }> | Readonly<{ answer: object | undefined }>;
}>;

export const PAGE_SIZE = 1_000;

const VENDORS = { plex: plexPages, jellyfin: jellyfinPages } as const;
export type BenchVendor = keyof typeof VENDORS;

type Span = Readonly<{ at: number; bytes: number }>;

/**
 * Runs as a process of its own: `node upstream.ts <vendor> <items> <folder>`. Every page is serialised before the first
 * request, into one file, so that half a million items need no memory here; a request is answered with one read of it.
 */
async function serve(vendor: BenchVendor, items: number, folder: string): Promise<void> {
  const pages = VENDORS[vendor](shelfOf(items));
  const file = await open(join(folder, `${vendor}-${items}.pages`), 'w+');
  const spans = new Map<string, Span>();
  let end = 0;
  for (const { name, total } of pages.lists) {
    for (let offset = 0; offset === 0 || offset < total; offset += PAGE_SIZE) {
      const bytes = Buffer.from(JSON.stringify(pages.page(name, offset, PAGE_SIZE)));
      await file.write(bytes, 0, bytes.length, end);
      spans.set(`${name}@${offset}`, { at: end, bytes: bytes.length });
      end += bytes.length;
    }
  }
  const server = createServer(async (request, response) => {
    const found = pages.find(new URL(request.url ?? '/', 'http://bench'));
    const headers = { 'content-type': 'application/json', 'x-plex-protocol': '1.0' };
    if ('answer' in found) {
      const body = found.answer === undefined ? '' : JSON.stringify(found.answer);
      response.writeHead(found.answer === undefined ? 404 : 200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
      return;
    }
    const span = spans.get(`${found.list}@${found.offset}`);
    const body = span ? Buffer.allocUnsafe(span.bytes) : JSON.stringify(pages.page(found.list, found.offset, PAGE_SIZE));
    if (span && typeof body !== 'string') await file.read(body, 0, span.bytes, span.at);
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.send?.({ url: `http://127.0.0.1:${port}`, bytes: end });
  });
  process.on('disconnect', () => process.exit(0));
}

const [vendor, items, folder] = process.argv.slice(2);
if (process.send !== undefined && (vendor === 'plex' || vendor === 'jellyfin') && folder !== undefined) {
  await serve(vendor, Number(items), folder);
}
