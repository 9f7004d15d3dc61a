import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';

export type Approval = operations['app.getApproval']['responses'][200]['content']['application/json'];
export type Decision = operations['app.decideApproval']['responses'][200]['content']['application/json'];

/** Whoever is to decide without a sign-in here: the ticket is worth something in this browser alone. */
export type Proved = Readonly<{ name: string; ticket: string }>;

const path = (id: string) => ({ params: { path: { id } } });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approval', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/approvals/{id}', { ...path(id), signal })),
    enabled: id !== '',
    // A guess is counted: what is gone stays gone, and what is there does not change.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export const decide = (id: string, answer: 'approve' | 'refuse', proved: Proved | undefined): Promise<Decision> =>
  take(api.POST('/api/v1/approvals/{id}/decision', { ...path(id), body: { answer, ...(proved && { ticket: proved.ticket }) } }));

export const signInHere = (username: string, password: string) =>
  take(api.POST('/api/v1/session/browser', { body: { username, password } }));

export async function signInThere(id: string, offer: string, username: string, password: string): Promise<Proved> {
  const { name, ticket } = await take(api.POST('/api/v1/approvals/{id}/sign-in', { ...path(id), body: { offer, username, password } }));
  return { name: name ?? username, ticket: ticket ?? '' };
}

export const beginAway = (id: string, offer: string) =>
  take(api.POST('/api/v1/approvals/{id}/sign-in/away', { ...path(id), body: { offer } }));

/** Undefined until they have signed in there. */
export async function finishAway(id: string, ticket: string): Promise<Proved | undefined> {
  const done = await take(api.POST('/api/v1/approvals/{id}/sign-in/away/done', { ...path(id), body: { ticket } }));
  return done.name === null || done.ticket === null ? undefined : { name: done.name, ticket: done.ticket };
}
