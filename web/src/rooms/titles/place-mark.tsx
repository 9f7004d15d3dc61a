import classes from './titles.module.css';

const LETTERS: Readonly<Record<string, string>> = { plex: 'P', jellyfin: 'J', emby: 'E', seerr: 'R', simkl: 'S' };

/** A place as its letter alone, where many stand in a row; its name is heard, and seen when pointed at. */
export function PlaceMark({ kind, name }: Readonly<{ kind: string; name: string }>) {
  return (
    <span className={classes.mark} title={name}>
      <span aria-hidden>{LETTERS[kind] ?? kind.charAt(0).toUpperCase()}</span>
      <span className="vh">{name}</span>
    </span>
  );
}
