import type { Account } from '#core/connections/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Requester } from './request.ts';

export type MatchedPerson = Readonly<{ personId: PersonId; by: 'jellyfin' | 'plex' | 'email' }>;

type KnownAccount = Pick<Account, 'personId' | 'userId' | 'userName' | 'options' | 'server'>;

/** Jellyfin writes its ids with and without dashes. */
const plainId = (id: string): string => id.replaceAll('-', '').toLowerCase();
const sameText = (one: string | undefined, other: string): boolean => one?.trim().toLowerCase() === other.trim().toLowerCase();

/**
 * Which of our people a desk's user is, by the accounts that people have on media servers. The surest sign that fits anybody decides; where
 * it fits two people it is nobody, since asking for somebody else would be worse than asking for nobody. Pure.
 */
export function personOf(user: Omit<Requester, 'personId'>, accounts: readonly KnownAccount[]): MatchedPerson | undefined {
  const { jellyfinUserId, plexId, plexUsername, email } = user;
  const signs: readonly Readonly<{ by: MatchedPerson['by']; fits: (account: KnownAccount) => boolean }>[] = [
    ...(jellyfinUserId ? [{ by: 'jellyfin', fits: (one: KnownAccount) => plainId(one.userId) === plainId(jellyfinUserId) } as const] : []),
    ...(plexId ? [{ by: 'plex', fits: (one: KnownAccount) => one.server.type === 'plex' && one.userId === plexId } as const] : []),
    ...(plexUsername ? [{ by: 'plex', fits: (one: KnownAccount) => isPlexName(one, plexUsername) } as const] : []),
    ...(email ? [{ by: 'email', fits: (one: KnownAccount) => sameText(one.userName, email) } as const] : []),
  ];
  for (const { by, fits } of signs) {
    const people = new Set(accounts.filter(fits).map((account) => account.personId));
    const [personId] = people;
    if (personId !== undefined) return people.size === 1 ? { personId, by } : undefined;
  }
  return undefined;
}

const isPlexName = ({ server, userName, options }: KnownAccount, name: string): boolean =>
  server.type === 'plex' && [userName, options.plex_user_name].some((one) => typeof one === 'string' && sameText(one, name));
