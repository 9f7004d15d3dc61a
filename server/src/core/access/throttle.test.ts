import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { minutes } from '#kernel/instant.ts';
import { createThrottle, networkOf } from './throttle.ts';

const setUp = (remembered?: number) => {
  let now = 1_000_000;
  const throttle = createThrottle({ clock: { now: () => now }, ...(remembered !== undefined && { remembered }) });
  const fail = (subject: string, times: number): void => {
    for (let done = 0; done < times; done += 1) throttle.attempt(subject);
  };
  return {
    throttle,
    fail,
    pass: (span: number) => {
      now += span;
    },
  };
};

const waitOf = (work: () => void): number | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate-limited') return error.retryAfterMs;
    throw error;
  }
  return undefined;
};

describe('a throttle', () => {
  it('refuses the sixth attempt and says how long', () => {
    const { throttle, fail, pass } = setUp();
    fail('anna', 5);
    pass(minutes(5));
    expect(waitOf(() => throttle.attempt('anna'))).toBe(minutes(10));
    expect(waitOf(() => throttle.attempt('bert'))).toBeUndefined();
  });

  it('lets attempts back in one by one as they grow old, and refused ones do not count', () => {
    const { throttle, fail, pass } = setUp();
    fail('anna', 1);
    pass(minutes(10));
    fail('anna', 4);
    for (let tried = 0; tried < 50; tried += 1) expect(waitOf(() => throttle.attempt('anna'))).toBe(minutes(5));
    pass(minutes(5));
    fail('anna', 1);
    expect(waitOf(() => throttle.attempt('anna'))).toBe(minutes(10));
  });

  it('forgives on success', () => {
    const { throttle, fail } = setUp();
    fail('anna', 5);
    throttle.clear('anna');
    fail('anna', 5);
  });

  it('takes back an attempt without an outcome', () => {
    const { throttle, fail } = setUp();
    fail('anna', 5);
    throttle.release('anna');
    fail('anna', 1);
    expect(waitOf(() => throttle.attempt('anna'))).toBe(minutes(15));
  });

  it('remembers no more than it may, and forgets the one seen longest ago', () => {
    const { throttle, fail } = setUp(2);
    fail('anna', 5);
    fail('bert', 5);
    fail('carl', 1);
    expect(waitOf(() => throttle.attempt('bert'))).toBe(minutes(15));
    expect(waitOf(() => throttle.attempt('anna'))).toBeUndefined();
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.7:50123', '192.0.2.7'],
    ['[::ffff:192.0.2.7]:50123', '192.0.2.7'],
    ['[2001:db8:1:2::9]:50123', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['', ''],
  ])('%j is %j', (address, network) => expect(networkOf(address)).toBe(network));
});
