import type { Room } from '../kit/room.ts';
import { room as activity } from './activity/index.ts';
import { room as bin } from './bin/index.ts';
import { room as diagnostics } from './diagnostics/index.ts';
import { room as home } from './home/index.ts';
import { room as logs } from './logs/index.ts';
import { room as requests } from './requests/index.ts';
import { room as signIn } from './sign-in/index.ts';
import { room as tasks } from './tasks/index.ts';

/** Every room, in the order of the menu. A new one is a folder and a line here. */
export const rooms: readonly Room[] = [home, requests, activity, tasks, diagnostics, logs, bin, signIn];
