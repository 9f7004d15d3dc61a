import { Settings2 } from 'lucide-react';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'settings',
  path: '/settings',
  name: { en: 'Settings' },
  icon: Settings2,
  group: 'set-up',
  may: () => true,
  ways: [
    { name: { en: 'Make an API key' }, to: '/settings/keys' },
    { name: { en: 'Write a backup' }, to: '/settings/backups' },
  ],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./general.page.tsx') },
    { path: 'general', load: () => import('./general.page.tsx') },
    { path: 'limits', load: () => import('./limits.page.tsx') },
    { path: 'backups', load: () => import('./backups.page.tsx') },
    { path: 'keys', load: () => import('./keys.page.tsx') },
    { path: 'apps', load: () => import('./apps.page.tsx') },
    { path: 'about', load: () => import('./about.page.tsx') },
  ],
};
