import type { ReactNode } from 'react';
import classes from './table.module.css';

export type Column<T> = Readonly<{ key: string; title: string; cell(row: T): ReactNode; align?: 'end' }>;

type TableProps<T> = Readonly<{
  /** What the rows are, for those who hear the page. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf(row: T): string | number;
}>;

/** A table at 1440; on a phone each row is a card with its first column as heading and the rest as labelled lines. */
export function Table<T>({ caption, columns, rows, idOf }: TableProps<T>) {
  return (
    <table className={classes.table}>
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, align }) => (
            <th key={key} scope="col" className={align && classes.end}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={idOf(row)}>
            {columns.map(({ key, title, cell, align }, index) => (
              <td key={key} data-label={index === 0 ? undefined : title} className={align && classes.end}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
