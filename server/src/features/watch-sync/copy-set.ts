import type { CopyId } from '#kernel/ids.ts';

export type CopySet = ReturnType<typeof createCopySet>;

/** Copies by their ids, which count from 1: a bit for each, where a set of half a million would be felt. */
export function createCopySet() {
  let bits = new Uint8Array(1_024);
  let size = 0;
  const has = (id: CopyId): boolean => (((bits[id >> 3] ?? 0) >> (id & 7)) & 1) === 1;

  function grow(length: number): void {
    const grown = new Uint8Array(length);
    grown.set(bits);
    bits = grown;
  }

  return {
    get size() {
      return size;
    },
    has,
    add(ids: readonly CopyId[]): void {
      for (const id of ids) {
        if (has(id)) continue;
        const place = id >> 3;
        if (place >= bits.length) grow(Math.max(bits.length * 2, place + 1));
        bits[place] = (bits[place] ?? 0) | (1 << (id & 7));
        size += 1;
      }
    },
  };
}
