import { commaList } from '#kernel/comma-list.ts';
import { isRecord } from '#kernel/json.ts';

export type Paging = Readonly<{
  total: number;
  perpage: number;
  current_page: number;
  first_page: number;
  next_page: number | null;
  prev_page: number | null;
  last_page: number;
}>;

export function pagingOf({ page, perpage, total }: Readonly<{ page: number; perpage: number; total: number }>): Paging {
  const last = Math.max(1, Math.ceil(total / perpage));
  return {
    total,
    perpage,
    current_page: page,
    first_page: 1,
    next_page: page < last ? page + 1 : null,
    prev_page: page > 1 ? page - 1 : null,
    last_page: last,
  };
}

const CREDENTIALS = ['apikey', 'ws_token'];

/** The same search on other pages. Credentials that came in the address are left out: links are copied and kept. */
export function linksOf(path: string, query: Readonly<Record<string, unknown>>, { current_page, last_page, ...paging }: Paging) {
  const linkTo = (page: number): string => {
    const given = Object.entries(query).filter(([name, value]) => value !== undefined && name !== 'page' && !CREDENTIALS.includes(name));
    const pairs = given.flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    );
    return `${path}?${new URLSearchParams([...pairs, ['page', String(page)]]).toString()}`;
  };
  return {
    self: linkTo(current_page),
    first_url: linkTo(1),
    next_url: paging.next_page === null ? null : linkTo(paging.next_page),
    prev_url: paging.prev_page === null ? null : linkTo(paging.prev_page),
    last_url: linkTo(last_page),
  };
}

/** Only the fields that `view` names; dots go deeper. What is not there is left out. */
export function viewed<Row extends object>(row: Row, view: string | undefined): Partial<Row> {
  const names = commaList(view ?? '');
  if (names.length === 0) return row;
  const found = names.flatMap((name) => {
    const value = name.split('.').reduce<unknown>((at, step) => (isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined), row);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found) as Partial<Row>;
}
