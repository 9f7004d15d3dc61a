import type { DeskId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** A named instance of the household, or one of somebody else's. */
export type DeskPlace = 'internal' | 'external';

/** From the primary requests are replicated, to the subordinates. There is one primary at most. */
export type DeskRole = 'disabled' | 'primary' | 'subordinate';

export const DESK_ROLES: readonly DeskRole[] = ['disabled', 'primary', 'subordinate'];

/** Where people ask for titles, as the settings show it. Without its key. */
export type Desk = Readonly<{
  id: DeskId;
  /** Unique, whatever the case. */
  name: string;
  place: DeskPlace;
  /** The key of its driver. */
  vendor: string;
  url: string;
  hasKey: boolean;
  role: DeskRole;
  /** Of an external desk, where one was given. */
  label: string | undefined;
  /** As it was told when the key was last proven. */
  version: string | undefined;
  /** When the key was proven; undefined where that has to be done (anew). */
  provenAt: Instant | undefined;
  /** When its requests were last listed, all of them. */
  listedAt: Instant | undefined;
  health: Readonly<{
    state: 'unknown' | 'ok' | 'degraded';
    /** Kept after the recovery. */
    lastError: Readonly<{ at: Instant; code: string; message: string }> | undefined;
    /** Failed listings since the last good one. */
    faultsInARow: number;
  }>;
  createdAt: Instant;
  updatedAt: Instant;
}>;

/** The name under which states and reports know the desk: `internal:<Name>`, a label, or an address. */
export const labelOf = (desk: Pick<Desk, 'place' | 'name' | 'label' | 'url'>): string =>
  desk.place === 'internal' ? `internal:${desk.name}` : (desk.label ?? desk.url);
