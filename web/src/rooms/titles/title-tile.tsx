import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Poster } from '../../kit/poster.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';
import type { TitleRow } from './titles-data.ts';

/** A title as its poster, with its name below. */
export function Tile({ index, row, width }: Readonly<{ index: number; row: TitleRow | undefined; width: number }>) {
  const say = useWords('titles');
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the list
    <div role="cell" className={classes.tile} data-title-index={index} aria-busy={row === undefined}>
      {row ? (
        <Link to={'/titles/$id' as never} params={{ id: String(row.id) } as never}>
          <Poster id={row.id} title={row.title} width={width} />
          <b>{row.title}</b>
          <small>{row.year === null ? say(`kind.${row.kind}`) : `${row.year} · ${say(`kind.${row.kind}`)}`}</small>
        </Link>
      ) : (
        <Skeleton height={Math.round(width * 1.5)} animate={false} />
      )}
    </div>
  );
}
