import { DoorOpen } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'approve',
  path: '/approve',
  name: { en: 'Let an app in' },
  icon: DoorOpen,
  group: 'outside',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./approve.page.tsx') }],
};
