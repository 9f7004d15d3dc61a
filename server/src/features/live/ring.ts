import { randomBytes } from 'node:crypto';
import { keyOf, type Outbound, type OutboundBody, type Whose } from './outbound.ts';

const KEPT = 1_000;

export type Ring = ReturnType<typeof createRing>;

/** What was said last, numbered, for those who come back: of each thing only the last, since that is all that they need. */
export function createRing() {
  /** Numbers of another run of this program mean nothing here. */
  const run = randomBytes(6).toString('base64url');
  const kept = new Map<string, Outbound>();
  let count = 0;
  let forgotten = 0;

  return {
    idOf: (n: number): string => `${run}.${n}`,
    count: (): number => count,

    add(whose: Whose, body: OutboundBody): Outbound {
      count += 1;
      const out: Outbound = { ...body, n: count, whose };
      const key = keyOf(out);
      kept.delete(key);
      kept.set(key, out);
      const [oldest] = kept;
      if (kept.size > KEPT && oldest) {
        kept.delete(oldest[0]);
        forgotten = oldest[1].n;
      }
      return out;
    },

    /** What came after that id; undefined where some of it is not kept, or the id is of another run. */
    since(id: string): Readonly<{ n: number; missed: readonly Outbound[] }> | undefined {
      const [ofRun, text = ''] = id.split('.');
      const n = Number(text);
      if (ofRun !== run || !/^\d{1,15}$/.test(text) || n > count || n < forgotten) return undefined;
      return { n, missed: [...kept.values()].filter((out) => out.n > n) };
    },
  };
}
