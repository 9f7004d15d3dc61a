import { type Duration, days, type Instant } from '#kernel/instant.ts';

export type ChartStep = 'day' | 'month' | 'year';

/** So long is a step at most: what is read for a chart reaches back this far. */
const LONGEST: Readonly<Record<ChartStep, Duration>> = { day: days(1), month: days(31), year: days(366) };

type Calendar = Readonly<{ nameOf(at: Instant): string }>;

/** What a step is called in a zone: `2026-11-26`, `2026-11`, `2026`. Throws a RangeError for a zone that nobody knows. */
export function calendarOf(step: ChartStep, zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const length = step === 'day' ? 10 : step === 'month' ? 7 : 4;
  // Ten thousand plays fall on far fewer days, and asking the calendar is the slow part.
  const known = new Map<number, string>();
  return {
    nameOf(at) {
      // No zone is off by less than a quarter of an hour.
      const quarter = Math.floor(at / 900_000);
      const name = known.get(quarter) ?? format.format(quarter * 900_000).slice(0, length);
      known.set(quarter, name);
      return name;
    },
  };
}

/** The names of the latest steps up to now, oldest first, and an instant that is not after the first of them. */
export function stepsUntil(
  now: Instant,
  { step, count, zone }: Readonly<{ step: ChartStep; count: number; zone: string }>,
): Readonly<{ names: readonly string[]; from: Instant }> {
  const calendar = calendarOf('day', zone);
  const [year = 0, month = 1, day = 1] = calendar.nameOf(now).split('-').map(Number);
  const names = Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index;
    // As a calendar counts, free of the zone: noon of that day in UTC.
    if (step === 'day') return new Date(Date.UTC(year, month - 1, day - back, 12)).toISOString().slice(0, 10);
    if (step === 'month') return new Date(Date.UTC(year, month - 1 - back, 1, 12)).toISOString().slice(0, 7);
    return String(year - back);
  });
  return { names, from: now - (count + 1) * LONGEST[step] };
}
