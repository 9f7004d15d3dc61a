import { Ticket } from 'lucide-react';
import type { Room } from '../../kit/room.ts';
import { useFailedRequests } from '../../kit/use-decisions.ts';

export const room: Room = {
  id: 'requests',
  path: '/requests',
  name: { en: 'Requests' },
  icon: Ticket,
  group: 'features',
  onPhoneBar: true,
  may: () => true,
  useBadge: useFailedRequests,
  ways: [
    { name: { en: 'See what the next round would copy' }, to: '/requests/plan' },
    { name: { en: 'Change the rules of requests' }, to: '/requests/rules' },
  ],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./requests.page.tsx') },
    { path: 'plan', load: () => import('./plan.page.tsx') },
    { path: 'rules', load: () => import('./rules.page.tsx') },
    { path: '$id', load: () => import('./request.page.tsx') },
  ],
};
