import { History } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'activity',
  path: '/activity',
  name: { en: 'Activity' },
  icon: History,
  group: 'record',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./activity.page.tsx') },
    { path: 'changes', load: () => import('./changes.page.tsx') },
  ],
};
