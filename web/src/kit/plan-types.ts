import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take } from '../api/client.ts';
import type { operations } from '../api/schema.d.ts';

export type Review = operations['app.reviewPlan']['responses'][200]['content']['application/json'];
export type Rows = operations['app.listPlanRows']['responses'][200]['content']['application/json'];
export type Group = Review['groups'][number];
export type PlanRow = Rows['items'][number];
export type LeaveOut = NonNullable<operations['app.leaveOutOfPlan']['requestBody']>['content']['application/json'];

const UNDER_WAY = new Set(['approved', 'applying']);

/** A plan in numbers; asked again while it is being carried out. */
export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['plans', id, 'review'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/plans/{id}/review', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (UNDER_WAY.has(state.data?.plan.state ?? '') ? 1_000 : false),
  });

export const ROWS_AT_ONCE = 20;

export const rowsQuery = (id: string, { kind, rule }: Pick<Group, 'kind' | 'rule'>, page: number) =>
  queryOptions({
    queryKey: ['plans', id, 'rows', kind, rule, page],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/plans/{id}/rows', { params: { path: { id }, query: { kind, rule, page, per_page: ROWS_AT_ONCE } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What of the plan would be made. */
export const included = ({ total, left_out }: Pick<Review, 'total' | 'left_out'>): number => total - left_out;
export const sum = ({ add, change, remove }: Readonly<{ add: number; change: number; remove: number }>): number => add + change + remove;
