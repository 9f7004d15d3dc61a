import { Drawer, Popover } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './why.module.css';
import { useWords } from './words.ts';

/** The reasons of a change, a state or a date, beside it at a desk and as a sheet on a phone. Escape and a press beside it close it. */
export function Why({ about, children }: Readonly<{ about: string; children: ReactNode }>) {
  const say = useWords('shell');
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const isPhone = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false });
  const button = (
    <button type="button" className={classes.why} onClick={toggle} aria-expanded={isOpen}>
      {say('why')}
      <span className="vh"> {about}</span>
    </button>
  );
  if (isPhone) {
    return (
      <>
        {button}
        <Drawer
          opened={isOpen}
          onClose={close}
          position="bottom"
          size="auto"
          title={about}
          closeButtonProps={{ 'aria-label': say('close') }}
        >
          {children}
        </Drawer>
      </>
    );
  }
  return (
    <Popover opened={isOpen} onChange={toggle} width={400} position="right-start" trapFocus returnFocus withRoles>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label={about}>{children}</Popover.Dropdown>
    </Popover>
  );
}
