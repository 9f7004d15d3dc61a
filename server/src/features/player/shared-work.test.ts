import { describe, expect, it, vi } from 'vitest';
import { createSharedWork } from './shared-work.ts';

describe('work that several wait for', () => {
  function begun() {
    const work = createSharedWork<string>(20);
    const signals: AbortSignal[] = [];
    let finish: (value: string) => void = () => undefined;
    const begin = vi.fn(
      (signal: AbortSignal) =>
        new Promise<string>((resolve, reject) => {
          signals.push(signal);
          finish = resolve;
          signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
        }),
    );
    return { work, begin, signals, finish: (value: string) => finish(value) };
  }

  it('is done once for all of them', async () => {
    const { work, begin, finish } = begun();
    const both = Promise.all([work.join('a', begin), work.join('a', begin)]);
    finish('done');
    expect(await both).toEqual(['done', 'done']);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('goes on for the others when one leaves, and for one who comes back in time', async () => {
    const { work, begin, finish, signals } = begun();
    const leaving = new AbortController();
    const first = work.join('a', begin, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    const second = work.join('a', begin);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(signals[0]?.aborted).toBe(false);
    finish('done');
    expect(await second).toBe('done');
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it('is ended when nobody waits any more, and begun anew by the next', async () => {
    const { work, begin, finish, signals } = begun();
    const leaving = new AbortController();
    const first = work.join('a', begin, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await expect.poll(() => signals[0]?.aborted).toBe(true);
    const second = work.join('a', begin);
    finish('again');
    expect([await second, begin.mock.calls.length]).toEqual(['again', 2]);
  });

  it('is ended with the house', async () => {
    const { work, begin } = begun();
    const waiting = expect(work.join('a', begin)).rejects.toThrow('ended');
    await work.close();
    await waiting;
    await expect(work.join('b', begin)).rejects.toThrow('closes');
  });

  it('is not kept when it fails', async () => {
    const { work } = begun();
    await expect(work.join('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await work.join('a', async () => 'yes')).toBe('yes');
  });
});
