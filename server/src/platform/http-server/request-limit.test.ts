import { expect, it } from 'vitest';
import { seconds } from '#kernel/instant.ts';
import { createRequestLimit } from './request-limit.ts';

it('lets so many requests of one address through in its window, and says how long to wait', () => {
  let now = 0;
  const limit = createRequestLimit({ clock: { now: () => now }, limit: 2, window: seconds(60) });
  limit('a');
  now = seconds(20);
  limit('a');
  expect(() => limit('a')).toThrow(expect.objectContaining({ code: 'rate-limited', retryAfterMs: seconds(40) }));
  limit('b');
  now = seconds(60);
  limit('a');
  expect(() => limit('a')).toThrow(expect.objectContaining({ retryAfterMs: seconds(20) }));
});

it('remembers no more addresses than it may', () => {
  const limit = createRequestLimit({ clock: { now: () => 0 }, limit: 1, window: seconds(60), remembered: 2 });
  for (const address of ['a', 'b', 'c', 'a']) limit(address);
  expect(() => limit('c')).toThrow('Too many requests');
});
