/**
 * A row of the table `state`. Nothing is sure of it: versions differ in their columns, and values come as texts or as numbers, so that
 * each is read by `loose-values.ts`.
 */
export type StateRow = Readonly<Record<StateColumn, unknown>>;

type StateColumn =
  | 'id'
  | 'type'
  | 'updated'
  | 'watched'
  | 'via'
  | 'title'
  | 'year'
  | 'season'
  | 'episode'
  | 'parent'
  | 'guids'
  | 'metadata'
  | 'extra'
  | 'created_at'
  | 'updated_at';

/** One item of a backend that more than one row claims. */
export type ClaimRow = Readonly<{
  backend: string;
  item: string | number;
  id: number;
  type: unknown;
  season: unknown;
  episode: unknown;
  updated_at: unknown;
  multi: unknown;
}>;
