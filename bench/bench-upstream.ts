import type { Spent } from './bench-house.ts';
import { endChild, firstMessage, pathOf, startChild } from './child.ts';
import type { BenchVendor } from './upstream.ts';

export const BENCH_USERS: Readonly<Record<BenchVendor, string>> = { plex: '1', jellyfin: 'be9c4000000000000000000000000001' };

/** A media server with that many titles, in a process of its own. `bytes` are those of all its pages. */
export async function startUpstream(vendor: BenchVendor, items: number, folder: string) {
  const child = startChild(pathOf('./upstream.ts'), [vendor, String(items), folder]);
  const { url, bytes } = await firstMessage<{ url: string; bytes: number }>(child);
  return {
    url,
    bytes,
    backend: { type: vendor, url, token: 'bench-token', user: BENCH_USERS[vendor] },
    /** Downloads and parses every page, in a fresh process, with the client and the concurrency of an import. */
    async baseline(): Promise<Spent> {
      const reader = startChild(pathOf('./baseline.ts'), [vendor, url]);
      try {
        return await firstMessage<Spent>(reader);
      } finally {
        await endChild(reader);
      }
    },
    close: () => endChild(child),
  };
}
