import type { DeskUser } from '#core/upstreams/index.ts';
import type { Demand, Rules } from './facts.ts';

/** Undefined asks as the key's own user. */
export type Asker = Readonly<{ as: number | undefined; name: string }>;

export type WhoAsks = Asker | Readonly<{ wait: string }>;

type Asked = Pick<Demand, 'owner' | 'kind' | 'status'>;

const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
const plainId = (id: string | undefined): string => plain(id).replaceAll('-', '');

const KEYS_OWN: Asker = { as: undefined, name: "the key's own user" };

type Sign = (user: DeskUser, owner: Demand['owner']) => boolean;
const both = (one: string, other: string): boolean => one !== '' && one === other;

/** The surest sign first; a name only counts where no id fits. */
const SIGNS: Readonly<Record<Exclude<Rules['userMapping'], 'admin'>, readonly Sign[]>> = {
  email_match: [(user, owner) => both(plain(user.email), plain(owner.email))],
  jellyfin_match: [
    (user, owner) => both(plainId(user.jellyfinUserId), plainId(owner.jellyfinUserId)),
    (user, owner) => both(plain(user.jellyfinUsername), plain(owner.jellyfinUsername)),
  ],
  plex_match: [
    (user, owner) => both(plain(user.plexId), plain(owner.plexId)),
    (user, owner) => both(plain(user.plexUsername), plain(owner.plexUsername)),
  ],
};

const WORDS: Readonly<Record<Rules['userMapping'], string>> = {
  admin: 'the key',
  email_match: 'their email',
  jellyfin_match: 'their Jellyfin account',
  plex_match: 'their Plex account',
};

/** Whether it takes the list of users there to tell who asks. */
export const needsUsers = ({ status }: Asked, rules: Rules): boolean =>
  rules.userMapping !== 'admin' || (status === 'pending' && rules.pendingUser !== undefined);

/**
 * As whom a request is made there. What is decided on the primary is made as the person, and as the key's own user where they are nobody there; what is
 * pending only as somebody whom that desk would not approve at once. Pure. `users` may be empty where `needsUsers` says that they do not matter.
 */
export function whoAsks(demand: Asked, is4k: boolean, users: readonly DeskUser[], rules: Rules): WhoAsks {
  const found = matching(demand, users, rules);
  const match = found.length === 1 ? found[0] : undefined;
  const asker: Asker = match === undefined ? KEYS_OWN : { as: match.id, name: match.displayName };
  if (demand.status !== 'pending') return asker;
  if (match !== undefined && !wouldBeApproved(match, demand, is4k)) return asker;
  const because = reasonOf(demand, match, found.length, rules);
  if (rules.pendingUser === undefined) return { wait: `${because}, so it waits for the decision on the primary` };
  return pendingOwner(demand, is4k, users, rules.pendingUser, because);
}

function matching({ owner }: Asked, users: readonly DeskUser[], { userMapping }: Rules): readonly DeskUser[] {
  if (userMapping === 'admin') return [];
  for (const fits of SIGNS[userMapping]) {
    const found = users.filter((user) => fits(user, owner));
    if (found.length > 0) return found;
  }
  return [];
}

const wouldBeApproved = ({ rights }: DeskUser, { kind }: Asked, is4k: boolean): boolean => rights.admin || rights.autoApproved(kind, is4k);

function reasonOf({ owner }: Asked, match: DeskUser | undefined, found: number, { userMapping }: Rules): string {
  if (match !== undefined) return `${match.displayName} there is approved at once`;
  if (userMapping === 'admin') return "requests are made as the key's own user there, who is approved at once";
  const who = found === 0 ? `nobody there is ${owner.displayName}` : `${found} users there could be ${owner.displayName}`;
  return `${who} by ${WORDS[userMapping]}, and the key's own user is approved at once`;
}

function pendingOwner(demand: Asked, is4k: boolean, users: readonly DeskUser[], named: string, because: string): WhoAsks {
  const wanted = plain(named);
  const found = users.filter((user) => [String(user.id), plain(user.email), plain(user.displayName)].includes(wanted));
  const [user] = found;
  if (user === undefined || found.length > 1) {
    const fault = found.length > 1 ? 'is more than one user there' : 'is nobody there';
    return { wait: `${because}, and the pending user "${named}" ${fault}, so it waits for the decision on the primary` };
  }
  if (wouldBeApproved(user, demand, is4k))
    return { wait: `${because}, and so is the pending user "${named}", so it waits for the decision on the primary` };
  return { as: user.id, name: user.displayName };
}
