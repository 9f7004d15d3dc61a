import type { Room } from '../kit/room.ts';
import { room as approve } from './approve/index.ts';
import { room as home } from './home/index.ts';
import { room as people } from './people/index.ts';
import { room as settings } from './settings/index.ts';
import { room as signIn } from './sign-in/index.ts';
import { room as tracker } from './tracker/index.ts';

/** Every room, in the order of the menu. A new one is a folder and a line here. */
export const rooms: readonly Room[] = [home, people, tracker, settings, signIn, approve];
