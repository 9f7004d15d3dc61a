import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

type PageProps = Readonly<{
  title: string;
  /** One or two sentences: what this page is for, or how things stand. */
  lede?: ReactNode;
  actions?: ReactNode;
  /** The page above this one. */
  up?: Readonly<{ to: string; label: string }>;
  children?: ReactNode;
}>;

/** A page of a room: heading, what it is for, what can be done, and the rest. Whoever comes by keyboard lands on its heading. */
export function Page({ title, lede, actions, up, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const seen = useRef(false);
  useEffect(() => {
    document.title = `${title} · Usherr`;
    if (!seen.current && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    seen.current = true;
  }, [title]);
  return (
    <>
      <div className={classes.head}>
        <div className={classes.words}>
          {up && (
            <Link to={up.to} className={classes.up}>
              <ChevronLeft size={15} aria-hidden />
              {up.label}
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lede !== undefined && <p className={classes.lede}>{lede}</p>}
        </div>
        {actions !== undefined && <div className={classes.acts}>{actions}</div>}
      </div>
      {children}
    </>
  );
}

/** Two columns at 1440, one below 1100 px. */
export function Columns({ children, side }: Readonly<{ children: ReactNode; side: ReactNode }>) {
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>{children}</div>
      <div className={classes.stack}>{side}</div>
    </div>
  );
}

/** Cards one below the other. */
export function Stack({ children }: Readonly<{ children: ReactNode }>) {
  return <div className={classes.stack}>{children}</div>;
}
