import { KeyRound } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'sign-in',
  path: '/sign-in',
  name: { en: 'Sign in' },
  icon: KeyRound,
  group: 'outside',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./sign-in.page.tsx') }],
};
