import { type Duration, hours, type Instant, seconds } from '#kernel/instant.ts';

const NEW_YORK = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day by which the tracker counts calls: `2026-11-26`. */
export const callDay = (at: Instant): string => NEW_YORK.format(at);

const LONGEST_DAY: Duration = hours(25);

/** When the next such day begins. */
export function nextCallDay(at: Instant): Instant {
  const today = callDay(at);
  let [same, next] = [Math.floor(at / 1_000) * 1_000, Math.floor(at / 1_000) * 1_000 + LONGEST_DAY + seconds(1)];
  while (next - same > 1_000) {
    const middle = Math.floor((same + next) / 2_000) * 1_000;
    if (callDay(middle) === today) same = middle;
    else next = middle;
  }
  return next;
}
