import { Stethoscope } from 'lucide-react';
import { runsTheHouse } from '../../api/session.ts';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'diagnostics',
  path: '/diagnostics',
  name: { en: 'Diagnostics' },
  icon: Stethoscope,
  group: 'record',
  may: runsTheHouse,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./diagnostics.page.tsx') },
    { path: '$kind', load: () => import('./diagnostics.page.tsx') },
  ],
};
