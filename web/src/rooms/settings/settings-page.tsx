import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './settings.module.css';

const PAGES = [
  ['general', false],
  ['limits', true],
  ['backups', true],
  ['keys', false],
  ['apps', true],
  ['about', true],
] as const;
export type SettingsTab = (typeof PAGES)[number][0];

/** What every page of the settings has: the list of pages at the left, or above on a phone. What is the house's is for those who run it. */
export function SettingsPage({ tab, children }: Readonly<{ tab: SettingsTab; children: ReactNode }>) {
  const say = useWords('settings');
  const me = useMe();
  const isRunning = me !== undefined && runsTheHouse(me);
  const mine = PAGES.filter(([, ofTheHouse]) => isRunning || !ofTheHouse);
  const isMine = mine.some(([key]) => key === tab);
  return (
    <Frame title={say(`pages.${tab}`)} lede={say(isMine ? `ledes.${tab}` : 'notYours')}>
      <div className={classes.split}>
        <nav className={classes.pages} aria-label={say('parts')}>
          {mine.map(([key]) => (
            <Link key={key} to={`/settings/${key}` as string} aria-current={key === tab ? 'page' : undefined}>
              {say(`pages.${key}`)}
            </Link>
          ))}
        </nav>
        {isMine && <Stack>{children}</Stack>}
      </div>
    </Frame>
  );
}
