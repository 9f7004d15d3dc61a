import { CirclePlay } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'player',
  path: '/player',
  name: { en: 'Player' },
  icon: CirclePlay,
  group: 'features',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./player.page.tsx') },
    { path: '$id', load: () => import('./watch.page.tsx') },
  ],
};
