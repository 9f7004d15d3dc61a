import i18next from 'i18next';

const language = (): string => (i18next.language === 'en' ? 'en-GB' : i18next.language);

/** 1,482 */
export const number = (value: number): string => new Intl.NumberFormat(language()).format(value);
/** 62 % */
export const percent = (part: number): string => `${Math.round(part * 100)}\u00a0%`;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Sizes by thousands, one decimal from a gigabyte on: 14.2 GB. */
export function size(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const digits = step >= 3 ? 1 : 0;
  const format = new Intl.NumberFormat(language(), { style: 'unit', unit: UNITS[step] as string, maximumFractionDigits: digits });
  return format.format(bytes / 1_000 ** step).replace(' ', '\u00a0');
}

/** 1 h 42 min */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const part = (value: number, unit: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'short' }).format(value).replace(' ', '\u00a0');
  if (minutes === 0) return part(Math.round(ms / 1_000), 'second');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return part(rest, 'minute');
  return rest === 0 ? part(hours, 'hour') : `${part(hours, 'hour')} ${part(rest, 'minute')}`;
}
