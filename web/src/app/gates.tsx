import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { ProblemError } from '../api/client.ts';
import { meQuery, setupQuery } from '../api/session.ts';
import { Page } from '../kit/page.tsx';
import type { Room } from '../kit/room.ts';
import { Trouble } from '../kit/trouble.tsx';
import { useWords } from '../kit/words.ts';

/** Leads elsewhere once. The router's own component does so at each render, and a render follows each step of a way. */
function Away({ to, next }: Readonly<{ to: '/sign-in' | '/welcome'; next?: string }>) {
  const navigate = useNavigate();
  const way = useRef({ to, search: next === undefined ? {} : { next }, replace: true });
  useEffect(() => void navigate(way.current), [navigate]);
  return null;
}

/** Whoever is not signed in signs in first, and comes back to the address they asked for; a house without an owner is set up first. */
export function SessionGate({ children }: Readonly<{ children: ReactNode }>) {
  const me = useQuery(meQuery);
  const isStranger = me.error instanceof ProblemError && me.error.status === 401;
  const setup = useQuery({ ...setupQuery, enabled: isStranger });
  const { href } = useRouter().latestLocation;
  if (me.data) return children;
  if (isStranger && setup.data) return setup.data.has_owner ? <Away to="/sign-in" next={href} /> : <Away to="/welcome" />;
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
