import { ActionIcon, Drawer, Menu as DropDown, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { Ellipsis, LogOut, Search, SunMoon } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { api, take } from '../api/client.ts';
import { useMe } from '../api/session.ts';
import { Brand } from '../kit/brand.tsx';
import { LongWork } from '../kit/long-work.tsx';
import { useShortcut } from '../kit/use-shortcut.ts';
import { useWords } from '../kit/words.ts';
import classes from './frame.module.css';
import { Menu, RoomLink, roomsOf } from './menu.tsx';

const Shortcuts = lazy(() => import('./shortcuts.tsx').then(({ Shortcuts: component }) => ({ default: component })));
const Palette = lazy(() => import('./palette.tsx').then(({ Palette: component }) => ({ default: component })));

function ThemeButton() {
  const say = useWords('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={38}
      className={classes.icon}
      aria-label={say('theme')}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <SunMoon size={18} aria-hidden />
    </ActionIcon>
  );
}

function Account({ name }: Readonly<{ name: string }>) {
  const say = useWords('shell');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = async () => {
    await take(api.DELETE('/api/v1/session'));
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <DropDown position="bottom-end">
      <DropDown.Target>
        <button type="button" className={classes.me}>
          <span className={classes.avatar} aria-hidden>
            {name.charAt(0).toUpperCase()}
          </span>
          <span className={classes.name}>{name}</span>
          <span className="vh">{say('account')}</span>
        </button>
      </DropDown.Target>
      <DropDown.Dropdown>
        <DropDown.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => void signOut()}>
          {say('signOut')}
        </DropDown.Item>
      </DropDown.Dropdown>
    </DropDown>
  );
}

/** What stands around every room: menu, search, theme and account; on a phone a bar of five at the foot. */
export function Frame({ children }: Readonly<{ children: ReactNode }>) {
  const say = useWords('shell');
  const me = useMe();
  const [isMoreOpen, more] = useDisclosure(false);
  const [isPaletteOpen, setPalette] = useState(false);
  const [areKeysShown, keys] = useDisclosure(false);
  const { pathname } = useLocation();
  useShortcut('mod+k', () => setPalette(true), { inFields: true });
  useShortcut('/', () => setPalette(true));
  useShortcut('?', keys.open);
  useEffect(() => more.close(), [pathname]);
  if (!me) return null;
  const onBar = roomsOf(me).filter((room) => room.onPhoneBar === true);
  return (
    <>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <div className={classes.shell}>
        <aside className={classes.side}>
          <Link to="/" className={classes.brand}>
            <Brand />
            Usherr
          </Link>
          <Menu me={me} />
          <LongWork />
        </aside>
        <div>
          <header className={classes.top}>
            <Link to="/" className={`${classes.brand} ${classes.onlyPhone}`} aria-label={say('home')}>
              <Brand />
            </Link>
            <button type="button" className={classes.search} onClick={() => setPalette(true)} aria-label={say('search')}>
              <Search size={18} aria-hidden />
              <span>{say('search')}</span>
              <kbd aria-hidden>/</kbd>
            </button>
            <div className={classes.right}>
              <ThemeButton />
              <Account name={me.person ?? me.name} />
            </div>
          </header>
          <main id="main" tabIndex={-1} className={classes.main}>
            {children}
          </main>
        </div>
      </div>
      <nav className={classes.tabs} aria-label={say('menu.rooms')}>
        {onBar.map((room) => (
          <RoomLink key={room.id} room={room} size={22} />
        ))}
        <button type="button" onClick={more.open} aria-expanded={isMoreOpen}>
          <Ellipsis size={22} aria-hidden />
          {say('menu.more')}
        </button>
      </nav>
      <Drawer
        opened={isMoreOpen}
        onClose={more.close}
        position="bottom"
        size="82dvh"
        title={say('menu.rooms')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Menu me={me} />
        <LongWork />
      </Drawer>
      {areKeysShown && (
        <Suspense fallback={null}>
          <Shortcuts onClose={keys.close} />
        </Suspense>
      )}
      {isPaletteOpen && (
        <Suspense fallback={null}>
          <Palette me={me} onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </>
  );
}
