import { Cable } from 'lucide-react';
import { runsTheHouse } from '../../api/session.ts';
import type { Room } from '../../kit/room.ts';

export const room: Room = {
  id: 'connections',
  path: '/connections',
  name: { en: 'Connections' },
  icon: Cable,
  group: 'set-up',
  may: runsTheHouse,
  ways: [
    { name: { en: 'Connect a Plex server' }, to: '/connections/new/plex' },
    { name: { en: 'Connect a Jellyfin server' }, to: '/connections/new/jellyfin' },
    { name: { en: 'Connect an Emby server' }, to: '/connections/new/emby' },
    { name: { en: 'Connect a request desk' }, to: '/connections/new/seerr' },
    { name: { en: 'Connect Simkl' }, to: '/connections/new/simkl' },
  ],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./connections.page.tsx') },
    { path: 'new/$kind', load: () => import('./new-connection.page.tsx') },
    { path: '$id', load: () => import('./connection.page.tsx') },
  ],
};
