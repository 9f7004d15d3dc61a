import { Checkbox, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, memo } from 'react';
import { Poster } from '../../kit/poster.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { PlaceMark } from './place-mark.tsx';
import { StandingMark } from './standing-mark.tsx';
import classes from './titles.module.css';
import type { TitleRow, useWho } from './titles-data.ts';

type RowProps = Readonly<{
  index: number;
  row: TitleRow | undefined;
  style: CSSProperties;
  isCompact: boolean;
  isCurrent: boolean;
  isSelected: boolean;
  onToggle(id: number): void;
  who: ReturnType<typeof useWho>;
}>;

/** One title of the list; a skeleton of the same height while it is read. */
export const Row = memo(function Row({ index, row, style, isCompact, isCurrent, isSelected, onToggle, who }: RowProps) {
  const say = useWords('titles');
  const common = { role: 'row', 'aria-rowindex': index + 2, 'data-title-index': index, style } as const;
  if (!row) {
    return (
      <div {...common} className={classes.row} aria-busy="true">
        {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
        <div role="cell" className={classes.waiting}>
          <Skeleton height={isCompact ? 28 : 46} animate={false} />
        </div>
      </div>
    );
  }
  const around = row.year === null ? say(`kind.${row.kind}`) : say(`about.${row.kind}`, { year: String(row.year), count: row.parts });
  return (
    <div {...common} className={[classes.row, isCurrent && classes.current, isSelected && classes.selected].filter(Boolean).join(' ')}>
      {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
      <div role="cell" className={classes.pick}>
        <Checkbox checked={isSelected} onChange={() => onToggle(row.id)} aria-label={say('select', { title: row.title })} size="xs" />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
      <div role="cell" className={classes.name}>
        <Poster id={row.id} title={row.title} width={isCompact ? 22 : 34} />
        <div className={classes.words}>
          <Link to={'/titles/$id' as never} params={{ id: String(row.id) } as never} className={classes.titleLink}>
            {row.title}
          </Link>
          {!isCompact && <p className="small muted">{around}</p>}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
      <div role="cell" className={classes.on}>
        {row.places.map((place) => (
          <PlaceMark key={place.server_id} kind={place.type} name={place.name} />
        ))}
        {row.places.length === 0 && <span className="small faint">{say('nowhere')}</span>}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
      <div role="cell" className={classes.seen}>
        {row.people
          .filter((one) => one.state !== 'open')
          .map((one) => (
            <StandingMark
              key={one.person}
              state={one.state}
              name={who.nameOf(one.person)}
              note={one.state === 'part' ? `${one.watched}/${row.parts}` : ''}
            />
          ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as the list */}
      <div role="cell" className={classes.latest}>
        <Latest row={row} who={who} />
      </div>
    </div>
  );
});

/** The last thing that is known of it: who watched it, else when it came. */
function Latest({ row, who }: Pick<RowProps, 'who'> & Readonly<{ row: TitleRow }>) {
  const say = useWords('titles');
  const times = useTimes();
  const last = row.people
    .flatMap((one) => (one.last_watched_at === null ? [] : [{ person: one.person, at: one.last_watched_at }]))
    .sort((one, other) => other.at.localeCompare(one.at))[0];
  const differs = row.people.some((one) => one.differs > 0);
  return (
    <>
      <span>
        {last && last.at > row.added_at
          ? say('latest.watched', { person: who.nameOf(last.person) })
          : row.places.length > 0
            ? say('latest.added')
            : say('latest.known')}
      </span>
      <span className="small faint">
        {times.day(last && last.at > row.added_at ? last.at : row.added_at)}
        {differs && ` · ${say('differs')}`}
        {row.requested && ` · ${say('asked')}`}
      </span>
    </>
  );
}
