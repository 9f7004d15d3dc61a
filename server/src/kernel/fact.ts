import type { Instant } from './instant.ts';

/**
 * What a source told us. `absent`: it answered, and the thing is not there. `unknown`: it did not answer, or answered in
 * part. Unknown never removes, never un-watches, never deletes and never lifts a protection.
 */
export type Fact<T> =
  | Readonly<{ state: 'known'; value: T; source: string; at: Instant }>
  | Readonly<{ state: 'absent'; source: string; at: Instant }>
  | Readonly<{ state: 'unknown'; source: string; reason: string }>;

export const known = <T>(value: T, source: string, at: Instant): Fact<T> => ({ state: 'known', value, source, at });
export const absent = <T>(source: string, at: Instant): Fact<T> => ({ state: 'absent', source, at });
export const unknown = <T>(source: string, reason: string): Fact<T> => ({ state: 'unknown', source, reason });
