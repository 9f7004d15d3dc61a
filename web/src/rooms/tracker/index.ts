import { ListChecks } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'tracker',
  path: '/tracker',
  name: { en: 'Tracker' },
  icon: ListChecks,
  group: 'features',
  onPhoneBar: true,
  may: () => true,
  ways: [
    { name: { en: 'Import a history' }, to: '/tracker/import' },
    { name: { en: 'See statistics' }, to: '/tracker/stats' },
    { name: { en: 'See connected apps' }, to: '/tracker/apps' },
  ],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./up-next.page.tsx') },
    { path: 'lists/$id', load: () => import('./list.page.tsx') },
    { path: 'history', load: () => import('./history.page.tsx') },
    { path: 'stats', load: () => import('./stats.page.tsx') },
    { path: 'import', load: () => import('./import.page.tsx') },
    { path: 'apps', load: () => import('./apps.page.tsx') },
  ],
};
