import { type Duration, days, hours, minutes, seconds } from '#kernel/instant.ts';

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** The span that an ISO 8601 text such as `PT24H` or `P1DT30M` names. Undefined where it names none, or one of months or years. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [week = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const span = days(week * 7 + day) + hours(hour) + minutes(minute) + seconds(second);
  return span > 0 && Number.isSafeInteger(span) ? span : undefined;
}
