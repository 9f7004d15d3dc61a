import classes from './place.module.css';

const LETTERS: Readonly<Record<string, string>> = { plex: 'P', jellyfin: 'J', emby: 'E', seerr: 'R', simkl: 'S' };

type PlaceProps = Readonly<{ kind: string; name: string; isUnknown?: boolean; note?: string }>;

/** A place as a letter in a square and the household's name for it; dashed where it is not known how it stands. */
export function Place({ kind, name, isUnknown = false, note }: PlaceProps) {
  return (
    <span className={classes.place}>
      <span className={isUnknown ? `${classes.letter} ${classes.unknown}` : classes.letter} aria-hidden>
        {LETTERS[kind] ?? kind.charAt(0).toUpperCase()}
      </span>
      <span>
        {name}
        {note !== undefined && <small> {note}</small>}
      </span>
    </span>
  );
}
