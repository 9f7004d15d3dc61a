import type { Actor } from '#core/access/index.ts';
import type { Connecting } from '#features/connecting/index.ts';
import { invalid } from '#kernel/app-error.ts';

/** Whose a sign-in is: one login sees its own on all its devices, and nobody else's. */
export const signInOwner = ({ kind, id }: Actor): string => `${kind}:${id}`;

type Given = Readonly<{ type?: string; url?: string; token?: string; user?: string; sign_in?: string | undefined }>;

/** What stands in a form, with the token that its sign-in brought. A token of its own, or a user, speaks first. */
export function tokenGiven(
  signIns: Connecting['signIns'],
  actor: Actor,
  { type, url, token, user, sign_in: id }: Given,
): Readonly<{ token?: string; user?: string }> {
  if (id === undefined || token !== undefined) return { ...(token !== undefined && { token }), ...(user !== undefined && { user }) };
  const found = signIns.tokenFor(id, signInOwner(actor), url);
  if (type !== undefined && found.kind !== type) throw invalid('sign_in', 'is one at another kind of server');
  const whose = user ?? found.userId;
  return { token: found.token, ...(whose !== undefined && { user: whose }) };
}
