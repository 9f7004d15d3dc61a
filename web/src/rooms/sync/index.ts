import { RefreshCw } from 'lucide-react';
import { runsTheHouse } from '../../api/session.ts';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'sync',
  path: '/sync',
  name: { en: 'Sync' },
  icon: RefreshCw,
  group: 'features',
  may: runsTheHouse,
  ways: [{ name: { en: 'Settle conflicts' }, to: '/sync/conflicts' }],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./sync.page.tsx') },
    { path: 'plan/$id', load: () => import('./plan.page.tsx') },
    { path: 'runs/$id', load: () => import('./run.page.tsx') },
    { path: 'conflicts', load: () => import('./conflicts.page.tsx') },
  ],
};
