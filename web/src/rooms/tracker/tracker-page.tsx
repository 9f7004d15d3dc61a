import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page as Frame } from '../../kit/page.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { peopleQuery, useWhose } from './tracker.ts';

const TABS = [
  ['/tracker', 'upNext'],
  ['/tracker/lists/watching', 'lists'],
  ['/tracker/history', 'history'],
  ['/tracker/stats', 'stats'],
  ['/tracker/import', 'files'],
  ['/tracker/apps', 'apps'],
] as const;

/** For those who run the house: whose tracker it is. */
function Whose() {
  const say = useWords('tracker');
  const { person, own, mayChoose, setPerson } = useWhose();
  const people = useQuery({ ...peopleQuery, enabled: mayChoose }).data ?? [];
  if (!mayChoose || people.length < 2) return null;
  return (
    <NativeSelect
      aria-label={say('whose')}
      value={person ?? own}
      onChange={(event) => setPerson(event.currentTarget.value === own ? '' : event.currentTarget.value)}
      data={people.map(({ name, display_name }) => ({ value: name, label: display_name }))}
    />
  );
}

/** What every page of the tracker has: its heading, whose it is, and the way to the others. */
export function TrackerPage({ tab, title, lede, children }: Readonly<{ tab: string; title: string; lede?: string; children: ReactNode }>) {
  const say = useWords('tracker');
  const { person } = useWhose();
  return (
    <Frame title={title} {...(lede !== undefined && { lede })} actions={<Whose />}>
      <nav className={classes.tabs} aria-label={say('parts')}>
        {TABS.map(([to, key]) => (
          <Link
            key={key}
            to={to}
            search={(person === undefined ? {} : { person }) as never}
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={key === tab ? 'page' : undefined}
          >
            {say(`tab.${key}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Frame>
  );
}
