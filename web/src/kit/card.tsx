import { type ReactNode, useId } from 'react';
import classes from './card.module.css';

type CardProps = Readonly<{ title: string; count?: number; aside?: ReactNode; children: ReactNode; padded?: boolean }>;

/** A part of a page with its own heading; what fails in it leaves the rest of the page alone. */
export function Card({ title, count, aside, children, padded = false }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <header className={classes.header}>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className={classes.count}>{count}</span>}
        {aside}
      </header>
      <div className={padded ? classes.padded : classes.body}>{children}</div>
    </section>
  );
}

/** Rows of a card, a line between them. */
export function Rows({ children }: Readonly<{ children: ReactNode }>) {
  return <ul className={classes.rows}>{children}</ul>;
}
export function Row({ children }: Readonly<{ children: ReactNode }>) {
  return <li className={classes.row}>{children}</li>;
}
