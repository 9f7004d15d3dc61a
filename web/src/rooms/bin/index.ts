import { Trash2 } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'bin',
  path: '/bin',
  name: { en: 'Bin' },
  icon: Trash2,
  group: 'record',
  may: () => true,
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./bin.page.tsx') }],
};
