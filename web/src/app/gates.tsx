import { useQuery } from '@tanstack/react-query';
import { Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemError } from '../api/client.ts';
import { meQuery, setupQuery } from '../api/session.ts';
import { Page } from '../kit/page.tsx';
import type { Room } from '../kit/room.ts';
import { Trouble } from '../kit/trouble.tsx';
import { useWords } from '../kit/words.ts';

/** Whoever is not signed in signs in first, and comes back to the address they asked for; a house without an owner is set up first. */
export function SessionGate({ children }: Readonly<{ children: ReactNode }>) {
  const me = useQuery(meQuery);
  const isStranger = me.error instanceof ProblemError && me.error.status === 401;
  const setup = useQuery({ ...setupQuery, enabled: isStranger });
  const { href } = useLocation();
  if (me.data) return children;
  if (isStranger && setup.data) {
    return setup.data.has_owner ? <Navigate to="/sign-in" search={{ next: href }} replace /> : <Navigate to="/welcome" replace />;
  }
  const error = isStranger ? setup.error : me.error;
  return error ? <Trouble error={error} again={() => void (isStranger ? setup : me).refetch()} /> : null;
}

/** A room is for some; by its address, others are told in one sentence who can let them in. */
export function RightsGate({ room, children }: Readonly<{ room: Room; children: ReactNode }>) {
  const say = useWords('shell');
  const me = useQuery({ ...meQuery, enabled: room.group !== 'outside' }).data;
  if (room.group === 'outside' || (me && room.may(me))) return children;
  return me ? <Page title={room.name.en} lede={say('noRight', { room: room.name.en })} /> : null;
}
