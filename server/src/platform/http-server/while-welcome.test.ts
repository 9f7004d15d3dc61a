import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { whileWelcome } from './while-welcome.ts';

describe('a stream of somebody', () => {
  it.each([
    ['whose key was revoked', new AppError('unauthenticated', 'revoked'), true],
    ['while the database is slow', new Error('busy'), false],
  ])('%s', async (_name, fault, isEnded) => {
    vi.useFakeTimers();
    try {
      let until: AbortSignal | undefined;
      const check = vi.fn(() => Promise.reject(fault));
      const events = whileWelcome(check, new AbortController().signal, async function* (signal) {
        until = signal;
        yield { data: 'first' };
      });
      await events.next();
      await vi.advanceTimersByTimeAsync(16_000);
      expect(check).toHaveBeenCalledTimes(1);
      expect(until?.aborted).toBe(isEnded);
      await events.return(undefined);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(check).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
