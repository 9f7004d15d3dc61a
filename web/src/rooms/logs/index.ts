import { ScrollText } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'logs',
  path: '/logs',
  name: { en: 'Logs' },
  icon: ScrollText,
  group: 'record',
  may: (me) => me.role === 'owner',
  words: import.meta.glob('./words/*.json'),
  pages: [{ path: '', load: () => import('./logs.page.tsx') }],
};
