import i18next from 'i18next';
import { useMemo } from 'react';
import { usePreference } from './preferences.ts';

type When = number | string | null | undefined;

const DAY = 86_400_000;

/** 14 Oct 2026, 20:40; this year's without the year. Never a bare number date, and no break between a number and its month. */
function createTimes(zone: string) {
  const language = i18next.language === 'en' ? 'en-GB' : i18next.language;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const short = format({ day: 'numeric', month: 'short' });
  const long = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const year = format({ year: 'numeric' });
  const day = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const exactly = format({ dateStyle: 'long', timeStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const glued = (text: string) => text.replaceAll(' ', '\u00a0');
  const at = (when: When): Date | undefined => (when === null || when === undefined ? undefined : new Date(when));
  const written = (date: Date): string => {
    const now = Date.now();
    if (day.format(date) === day.format(now)) return relative.format(0, 'day');
    if (day.format(date) === day.format(now - DAY)) return relative.format(-1, 'day');
    if (day.format(date) === day.format(now + DAY)) return relative.format(1, 'day');
    return glued((year.format(date) === year.format(now) ? short : long).format(date));
  };
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const said = (when: When, make: (date: Date) => string): string => {
    const date = at(when);
    return date === undefined ? '' : upper(make(date));
  };
  return {
    zone,
    /** "Today, 20:40", "14 Oct, 20:40", "14 Oct 2025, 20:40". */
    full: (when: When) => said(when, (date) => `${written(date)}, ${clock.format(date)}`),
    day: (when: When) => said(when, written),
    clock: (when: When) => said(when, (date) => clock.format(date)),
    /** The exact instant with its zone, for "why" and focus. */
    exact: (when: When) => said(when, (date) => exactly.format(date)),
  };
}

export type Times = ReturnType<typeof createTimes>;

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Times as this person reads them: in their zone and language. */
export function useTimes(): Times {
  const [zone] = usePreference('zone');
  return useMemo(() => createTimes(zone === '' ? browserZone() : zone), [zone]);
}
