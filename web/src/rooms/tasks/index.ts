import { Clock } from 'lucide-react';
import { runsTheHouse } from '../../api/session.ts';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'tasks',
  path: '/tasks',
  name: { en: 'Tasks' },
  icon: Clock,
  group: 'record',
  may: runsTheHouse,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./tasks.page.tsx') },
    { path: 'events', load: () => import('./events.page.tsx') },
    { path: 'runs/$run', load: () => import('./run.page.tsx') },
    { path: '$id', load: () => import('./task.page.tsx') },
  ],
};
