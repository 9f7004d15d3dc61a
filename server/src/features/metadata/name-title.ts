import { type AskedTitle, waysIn } from './ask-about.ts';
import type { SourceDesk } from './source-desk.ts';
import { QUICK_TIMEOUT, type Word } from './verify-title.ts';

/** What a title of these ids is called; undefined where the source does not know it or cannot tell. Never throws. */
export function createNameOf({ desk, verify }: Readonly<{ desk: SourceDesk; verify(asked: AskedTitle): Promise<Word> }>) {
  return async (asked: AskedTitle): Promise<Readonly<{ title: string; year?: number }> | undefined> => {
    // It remembers what it was told, and leaves alone a source that does not answer.
    if ((await verify(asked)) !== 'known') return undefined;
    const source = await desk.open(QUICK_TIMEOUT);
    for (const [provider, value] of source === undefined ? [] : waysIn(source, asked)) {
      const signal = AbortSignal.timeout(QUICK_TIMEOUT);
      const hit = await source?.find({ kind: asked.kind, provider, value }, { signal }).catch(() => undefined);
      await desk.count();
      if (hit) return { title: hit.title, ...(hit.year !== undefined && { year: hit.year }) };
    }
    return undefined;
  };
}
