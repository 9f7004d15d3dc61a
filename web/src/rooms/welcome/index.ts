import { Sparkles } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'welcome',
  path: '/welcome',
  name: { en: 'Welcome' },
  icon: Sparkles,
  group: 'outside',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./welcome.page.tsx') }],
};
