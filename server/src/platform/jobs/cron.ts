import { Cron } from 'croner';
import { invalid, messageOf } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';

/** A cron expression in a time zone. */
export type CronTimes = Readonly<{
  /** The first time after the instant; undefined where there is none. */
  after(instant: Instant): Instant | undefined;
  /** The last time before the instant; undefined where there was none. */
  before(instant: Instant): Instant | undefined;
}>;

/**
 * Five fields (minute, hour, day, month, weekday) or a nickname (`@hourly`). A time that the clocks skip in spring comes once, right after
 * the gap; a fixed time that they repeat in autumn comes once.
 * @throws AppError `invalid`, naming the field, where it is no such expression or names a date that never comes.
 */
export function parseCron(text: string, timeZone: string, field = 'cron'): CronTimes {
  const cron = readCron(text, timeZone, field);
  if (!cron.nextRun()) throw invalid(field, `"${text}" names a date that never comes.`);
  return {
    after: (instant) => cron.nextRun(new Date(instant))?.getTime(),
    before: (instant) => cron.previousRuns(1, new Date(instant))[0]?.getTime(),
  };
}

function readCron(text: string, timeZone: string, field: string): Cron {
  try {
    return new Cron(text.trim(), { timezone: timeZone, paused: true, mode: '5-part' });
  } catch (error) {
    const reason = messageOf(error).replace(/^CronPattern: /, '');
    throw invalid(field, `"${text}" is no cron expression of five fields, such as "0 */6 * * *": ${reason}`, error);
  }
}
