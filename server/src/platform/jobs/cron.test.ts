import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { parseCron } from './cron.ts';

const at = (text: string): number => Date.parse(text);
const timesBetween = (cron: string, zone: string, from: string, to: string): string[] => {
  const times = parseCron(cron, zone);
  const found: string[] = [];
  for (let next = times.after(at(from)); next !== undefined && next < at(to); next = times.after(next)) {
    found.push(new Date(next).toISOString().slice(0, 16));
  }
  return found;
};

describe('cron', () => {
  it('is read in its time zone', () => {
    expect(timesBetween('30 7 * * *', 'Europe/Berlin', '2026-01-10T00:00:00Z', '2026-01-12T00:00:00Z')).toEqual([
      '2026-01-10T06:30',
      '2026-01-11T06:30',
    ]);
    expect(timesBetween('30 7 * * *', 'Asia/Kolkata', '2026-01-10T00:00:00Z', '2026-01-11T00:00:00Z')).toEqual(['2026-01-10T02:00']);
  });

  it('knows the nicknames', () => {
    expect(timesBetween('@hourly', 'UTC', '2026-01-10T00:30:00Z', '2026-01-10T02:30:00Z')).toEqual([
      '2026-01-10T01:00',
      '2026-01-10T02:00',
    ]);
  });

  it('counts strictly after and strictly before', () => {
    const times = parseCron('0 * * * *', 'UTC');
    const hour = at('2026-01-10T05:00:00Z');
    expect(times.after(hour)).toBe(at('2026-01-10T06:00:00Z'));
    expect(times.before(hour)).toBe(at('2026-01-10T04:00:00Z'));
    expect(times.before(hour + 1)).toBe(hour);
  });

  it('runs once where the clocks skip its time', () => {
    const runs = timesBetween('30 2 * * *', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
    expect(runs).toHaveLength(1);
    expect(at(`${runs[0]}Z`)).toBeGreaterThanOrEqual(at('2026-03-29T01:00:00Z'));
    expect(at(`${runs[0]}Z`)).toBeLessThanOrEqual(at('2026-03-29T01:30:00Z'));
  });

  it('runs once where the clocks repeat its time', () => {
    expect(timesBetween('30 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toHaveLength(1);
  });

  it('goes on every quarter of an hour through both changes', () => {
    expect(timesBetween('*/15 * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z')).toHaveLength(11);
    expect(timesBetween('*/15 * * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z')).toHaveLength(11);
  });

  it.each(['', 'hourly', '* * * *', '* * * * * *', '61 * * * *', '* 25 * * *', '0 0 30 2 *', '2026-01-01T00:00:00'])(
    'refuses %j by its field',
    (text) => {
      let fault: unknown;
      try {
        parseCron(text, 'UTC', 'crons.import');
      } catch (error) {
        fault = error;
      }
      expect(fault).toSatisfy((error) => isAppError(error, 'invalid') && error.faults[0]?.field === 'crons.import');
    },
  );
});
