import { Clapperboard } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'titles',
  path: '/titles',
  name: { en: 'Titles' },
  icon: Clapperboard,
  group: 'first',
  onPhoneBar: true,
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./titles.page.tsx') },
    { path: '$id', load: () => import('./title.page.tsx') },
    { path: '$id/s/$season', load: () => import('./season.page.tsx') },
  ],
};
