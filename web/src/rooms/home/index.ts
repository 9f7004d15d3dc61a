import { House } from 'lucide-react';
import type { Room } from '../../kit/room.ts';
import { useDecisions } from '../../kit/use-decisions.ts';

export const room: Room = {
  id: 'home',
  path: '/',
  name: { en: 'Home' },
  icon: House,
  group: 'first',
  onPhoneBar: true,
  may: () => true,
  useBadge: useDecisions,
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./home.page.tsx') }],
};
