import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import classes from './outside.module.css';

/** What stands around pages without the frame: one column, 440 px unless wide. */
export function Outside({ children, wide = false }: Readonly<{ children: ReactNode; wide?: boolean }>) {
  return (
    <div className={classes.outside}>
      <header className={classes.header}>
        <Brand />
        Usherr
      </header>
      <main id="main" tabIndex={-1} className={wide ? classes.wide : classes.narrow}>
        {children}
      </main>
    </div>
  );
}
