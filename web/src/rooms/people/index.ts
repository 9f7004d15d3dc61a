import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { runsTheHouse, useMe } from '../../api/session.ts';
import type { Badge, Room } from '../../kit/room.ts';
import { useWords } from '../../kit/words.ts';
import { toMatch, whoQuery } from './people.ts';

/** Users of servers who may be somebody here: nobody is matched by itself. */
function useBadge(): Badge | undefined {
  const say = useWords('shell');
  const me = useMe();
  const who = useQuery({ ...whoQuery, enabled: me !== undefined && runsTheHouse(me) });
  const count = toMatch(who.data ?? []).filter(({ user }) => user.suggestions.length > 0).length;
  return count === 0 ? undefined : { count, filled: false, meaning: say('toMatch') };
}

export const room: Room = {
  id: 'people',
  path: '/people',
  name: { en: 'People' },
  icon: Users,
  group: 'first',
  may: () => true,
  useBadge,
  ways: [{ name: { en: 'Match users' }, to: '/people/match' }],
  words: import.meta.glob('./words/*.json'),
  pages: [
    { path: '', load: () => import('./people.page.tsx') },
    { path: 'match', load: () => import('./match.page.tsx') },
    { path: '$id', load: () => import('./person.page.tsx') },
  ],
};
