/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A span in milliseconds. */
export type Duration = number;

/** The one source of time. Handed to whoever needs it, so that tests move it by hand. */
export type Clock = Readonly<{ now(): Instant }>;

export const systemClock: Clock = { now: () => Date.now() };

export const seconds = (count: number): Duration => count * 1_000;
export const minutes = (count: number): Duration => count * 60_000;
export const hours = (count: number): Duration => count * 3_600_000;
export const days = (count: number): Duration => count * 86_400_000;

/** `2026-03-28T12:00:00+00:00`: ISO 8601 to the second, as PHP's ATOM format spells UTC. */
export const toAtom = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
export const toIso = (instant: Instant): string => new Date(instant).toISOString();
export const toUnix = (instant: Instant): number => Math.floor(instant / 1_000);
export const fromUnix = (unixSeconds: number): Instant => unixSeconds * 1_000;

const WITHOUT_ZONE = /T\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/**
 * The instant that an ISO 8601 text names, or undefined where it names none (Jellyfin's `0001-01-01` is none either). Without a zone it is
 * UTC, as servers mean it, wherever this house stands.
 */
export function fromIso(text: string | null | undefined): Instant | undefined {
  if (!text) return undefined;
  const instant = Date.parse(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  return Number.isFinite(instant) && instant > 0 ? instant : undefined;
}
