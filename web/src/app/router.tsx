import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Room, RoomPage } from '../kit/room.ts';
import { Trouble } from '../kit/trouble.tsx';
import { loadWords } from '../kit/words.ts';
import { rooms } from '../rooms/index.ts';
import { Frame } from './frame.tsx';
import { RightsGate, SessionGate } from './gates.tsx';
import { NotFound } from './not-found.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: () => (
    <SessionGate>
      <Frame>
        <Outlet />
      </Frame>
    </SessionGate>
  ),
});

const join = (room: Room, page: RoomPage): string => `${room.path}/${page.path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');

function routesOf(room: Room) {
  return room.pages.map((page) => {
    const Loaded = lazy(async () => ({ default: (await page.load()).Page }));
    return createRoute({
      getParentRoute: () => (room.group === 'outside' ? root : framed),
      path: join(room, page),
      loader: () => Promise.all([loadWords(room.id, room.words), page.load()]),
      component: () => (
        <RightsGate room={room}>
          <Suspense fallback={null}>
            <Loaded />
          </Suspense>
        </RightsGate>
      ),
      errorComponent: ({ error, reset }) => <Trouble error={error} again={reset} />,
    });
  });
}

/** Every page of every room by its address, below wherever the server serves the app. */
export function createAppRouter() {
  const outside = rooms.filter(({ group }) => group === 'outside').flatMap(routesOf);
  const inside = rooms.filter(({ group }) => group !== 'outside').flatMap(routesOf);
  return createRouter({
    routeTree: root.addChildren([...outside, framed.addChildren(inside)]),
    basepath: new URL(document.baseURI).pathname.replace(/\/$/, ''),
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}
