import type { Room } from '../kit/room.ts';
import { room as activity } from './activity/index.ts';
import { room as approve } from './approve/index.ts';
import { room as bin } from './bin/index.ts';
import { room as connections } from './connections/index.ts';
import { room as diagnostics } from './diagnostics/index.ts';
import { room as home } from './home/index.ts';
import { room as logs } from './logs/index.ts';
import { room as people } from './people/index.ts';
import { room as player } from './player/index.ts';
import { room as requests } from './requests/index.ts';
import { room as settings } from './settings/index.ts';
import { room as signIn } from './sign-in/index.ts';
import { room as sync } from './sync/index.ts';
import { room as tasks } from './tasks/index.ts';
import { room as titles } from './titles/index.ts';
import { room as tracker } from './tracker/index.ts';
import { room as welcome } from './welcome/index.ts';

/** Every room, in the order of the menu. A new one is a folder and a line here. */
export const rooms: readonly Room[] = [
  home,
  titles,
  people,
  sync,
  tracker,
  requests,
  player,
  activity,
  tasks,
  diagnostics,
  logs,
  bin,
  connections,
  settings,
  signIn,
  welcome,
  approve,
];
