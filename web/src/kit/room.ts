import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Me } from '../api/session.ts';
import type { Catalogues } from './words.ts';

/** Where a room stands in the menu; `outside` has no frame and no menu entry. */
export type RoomGroup = 'first' | 'features' | 'record' | 'set-up' | 'outside';

export type RoomPage = Readonly<{
  /** Below the room's path; '' is the room itself, `$id` a part of the address. */
  path: string;
  /** Loaded when somebody opens it. */
  load(): Promise<{ Page: ComponentType }>;
}>;

export type Badge = Readonly<{ count: number; filled: boolean; meaning: string }>;

/** What a room says of itself. The side bar, the phone's sheet, the command palette and the check of rights read this alone. */
export type Room = Readonly<{
  /** The room's folder, and its namespace in the catalogue. */
  id: string;
  path: string;
  /** The room's name in the menu, by language. */
  name: Readonly<{ en: string }>;
  icon: LucideIcon;
  group: RoomGroup;
  /** One of the four of the phone's bar. */
  onPhoneBar?: boolean;
  may(me: Me): boolean;
  /** A hook: what the menu counts here, or nothing. */
  useBadge?(): Badge | undefined;
  /** Pages of the room that the palette leads to by what one does there. */
  ways?: readonly Readonly<{ name: Readonly<{ en: string }>; to: string }>[];
  words: Catalogues;
  pages: readonly RoomPage[];
}>;
