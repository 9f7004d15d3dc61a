import { Cable } from 'lucide-react';
import { runsTheHouse } from '../../api/session.ts';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'connections',
  path: '/connections',
  name: { en: 'Connections' },
  icon: Cable,
  group: 'set-up',
  may: runsTheHouse,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./connections.page.tsx') },
    { path: 'new/$kind', load: () => import('./new-connection.page.tsx') },
    { path: '$id', load: () => import('./connection.page.tsx') },
  ],
};
