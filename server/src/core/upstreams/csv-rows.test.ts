import { describe, expect, it } from 'vitest';
import { csvColumns, csvRows } from './csv-rows.ts';

const rowsOf = (text: string) => csvRows({ name: 'a.csv', text }).map((row) => [row.of('Name'), row.of('Year'), row.place]);

describe('the rows of a CSV file', () => {
  it.each([
    ['commas', 'Name,Year\n"Good, Bad",1966\n'],
    ['semicolons', 'Name;Year\n"Good, Bad";1966\n'],
    ['semicolons, of which a text has more', '"Name";"Year"\n"Good, Bad";1966\n'],
    ['tabs', 'Name\tYear\nGood, Bad\t1966\n'],
    ['line ends of Windows and a mark', '\ufeffName,Year\r\n"Good, Bad",1966\r\n'],
  ])('are told from each other by %s', (_name, text) => {
    expect(csvColumns(text)).toEqual(['Name', 'Year']);
    expect(rowsOf(text)).toEqual([['Good, Bad', '1966', 'a.csv, line 2']]);
  });

  it('may hold lines within a text, and be shorter than the line of names', () => {
    expect(rowsOf('Name,Year\r\n"two\nlines",1\r\nshort\r\n')).toEqual([
      ['two\nlines', '1', 'a.csv, line 3'],
      ['short', '', 'a.csv, line 4'],
    ]);
  });

  it('are refused where a quote never ends, naming the file', () => {
    expect(() => rowsOf('Name,Year\n"open,1\n')).toThrow('a.csv is no CSV file');
    expect(rowsOf('')).toEqual([]);
  });
});
