import { Drawer, Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './why.module.css';
import { useWords } from './words.ts';

const PHONE = '(max-width: 860px)';

/** The reasons of a change, a state or a date, beside it at a desk and as a sheet on a phone. Escape and a press beside it close it. */
export function Why({ about, children }: Readonly<{ about: string; children: ReactNode }>) {
  const say = useWords('shell');
  const [shown, setShown] = useState<'beside' | 'sheet'>();
  const close = () => setShown(undefined);
  // Asked when it opens: a list has a hundred of these, and each would follow the width of the page.
  const toggle = () => setShown(shown === undefined ? (matchMedia(PHONE).matches ? 'sheet' : 'beside') : undefined);
  return (
    <>
      <button type="button" className={classes.why} onClick={toggle} aria-expanded={shown !== undefined} aria-haspopup="dialog">
        {say('why')}
        <span className="vh"> {about}</span>
      </button>
      {shown === 'sheet' && (
        <Drawer opened onClose={close} position="bottom" size="auto" title={about} closeButtonProps={{ 'aria-label': say('close') }}>
          {children}
        </Drawer>
      )}
      {shown === 'beside' && (
        <Popover opened onChange={close} width={400} position="right-start" trapFocus returnFocus withRoles={false}>
          <Popover.Target>
            <span />
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label={about}>
            {children}
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}
