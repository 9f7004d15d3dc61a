import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';

export type Standing = 'watched' | 'part' | 'open' | 'unknown' | 'not-there';

/** ● with a tick, ◐ part, ○ open, dashed ? unknown, – not there: a shape, so that no colour is needed. */
export function StandingGlyph({ state }: Readonly<{ state: Standing }>) {
  const round = { cx: 8, cy: 8, r: 6.2, fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const;
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden focusable="false" className={classes.glyph}>
      {state === 'watched' && (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path
            d="M4.8 8.2l2.2 2.2 4.2-4.6"
            stroke="var(--surface)"
            strokeWidth="1.7"
            fill="none"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )}
      {state === 'part' && (
        <>
          <circle {...round} />
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </>
      )}
      {state === 'open' && <circle {...round} />}
      {state === 'unknown' && (
        <>
          <circle {...round} strokeDasharray="2.4 2" />
          <text x="8" y="11.4" textAnchor="middle" fontSize="9" fontWeight="700" fill="currentColor">
            ?
          </text>
        </>
      )}
      {state === 'not-there' && <path d="M4 8h8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />}
    </svg>
  );
}

/** Somebody, and how they stand with it: the shape is seen, the word is heard. */
export function StandingMark({ state, name, note = '' }: Readonly<{ state: Standing; name: string; note?: string }>) {
  const say = useWords('titles');
  return (
    <span className={classes.person}>
      <StandingGlyph state={state} />
      <span>{name}</span>
      <span className="vh">{say(`state.${state}`)}</span>
      {note !== '' && <span className="small faint">{note}</span>}
    </span>
  );
}
