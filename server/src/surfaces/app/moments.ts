import { invalid } from '#kernel/app-error.ts';
import { fromIso, type Instant } from '#kernel/instant.ts';

/** The moment that a text of the address names. @throws AppError `invalid` naming the field */
export function momentOf(text: string, field: string): Instant {
  const instant = fromIso(text);
  if (instant === undefined) throw invalid(field, 'must be a moment such as 2026-10-14T20:40:00Z');
  return instant;
}
