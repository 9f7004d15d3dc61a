import { type Account, uuidOfUser } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import type { UpstreamUser } from '#core/upstreams/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import { plainUsername } from './match-users.ts';

/** A user of a place where people ask for titles, as far as it is known whose it is. */
export type DeskUserKnown = Readonly<{
  desk: string;
  name: string;
  personId: PersonId;
  email?: string;
  /** Ids of the same user at vendors of media servers. */
  ids: Readonly<Record<string, string>>;
}>;

/**
 * Why somebody may be that person. `same-user`: the vendor's own id is that of an account of theirs elsewhere. `requests`: the place where
 * they ask for titles says so. `same-email`, `same-name`: no more than that.
 */
export type Evidence = Readonly<{ kind: 'same-user' | 'requests' | 'same-email' | 'same-name'; place: string; name: string }>;
export type Suggestion = Readonly<{ personId: PersonId; evidence: readonly Evidence[] }>;

export type SuggestionFacts = Readonly<{
  user: Pick<UpstreamUser, 'id' | 'uuid' | 'aliases' | 'name'>;
  serverType: string;
  people: readonly Person[];
  /** Of everybody, on other servers. */
  accounts: readonly Account[];
  deskUsers: readonly DeskUserKnown[];
}>;

/** The surest first. */
const RANK: Readonly<Record<Evidence['kind'], number>> = { 'same-user': 3, requests: 2, 'same-email': 1, 'same-name': 0 };

/** Jellyfin writes its ids with and without dashes. */
const plainId = (id: string): string => id.replaceAll('-', '').toLowerCase();
const sameText = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Pure: who a user of a server may be, each with the evidence for it. Nobody is matched by it. */
export function suggestPeople(facts: SuggestionFacts): readonly Suggestion[] {
  const found = new Map<PersonId, Evidence[]>();
  const add = (person: PersonId, evidence: Evidence): void => {
    const known = found.get(person) ?? [];
    if (!known.some((one) => one.kind === evidence.kind && one.place === evidence.place)) found.set(person, [...known, evidence]);
  };
  for (const account of facts.accounts) fromAccount(facts, account, add);
  for (const desk of facts.deskUsers) fromDesk(facts, desk, add);
  const name = plainUsername(facts.user.name);
  for (const person of facts.people) {
    if (name === person.name || name === plainUsername(person.displayName)) {
      add(person.id, { kind: 'same-name', place: '', name: person.displayName });
    }
  }
  return [...found]
    .map(([personId, evidence]) => ({ personId, evidence: [...evidence].sort((one, other) => RANK[other.kind] - RANK[one.kind]) }))
    .sort((one, other) => strength(other) - strength(one) || one.personId - other.personId);
}

type Add = (person: PersonId, evidence: Evidence) => void;

function fromAccount({ user, serverType }: SuggestionFacts, account: Account, add: Add): void {
  const ids = [user.id, user.uuid, ...(user.aliases ?? [])].flatMap((id) => (id === undefined || id.length < 3 ? [] : plainId(id)));
  const own = [account.userId, uuidOfUser(account.options)].flatMap((id) => (typeof id === 'string' ? plainId(id) : []));
  const place = account.server.name;
  const name = account.userName ?? account.userId;
  if (account.server.type === serverType && own.some((id) => ids.includes(id))) add(account.personId, { kind: 'same-user', place, name });
  else if (plainUsername(name) === plainUsername(user.name)) add(account.personId, { kind: 'same-name', place, name });
}

function fromDesk({ user, serverType }: SuggestionFacts, { desk, name, personId, email, ids }: DeskUserKnown, add: Add): void {
  const id = ids[serverType];
  if (id !== undefined && [user.id, ...(user.aliases ?? [])].some((one) => plainId(one) === plainId(id))) {
    add(personId, { kind: 'requests', place: desk, name });
  }
  if (email !== undefined && sameText(email, user.name)) add(personId, { kind: 'same-email', place: desk, name: email });
  if (plainUsername(name) === plainUsername(user.name)) add(personId, { kind: 'same-name', place: desk, name });
}

const strength = ({ evidence }: Suggestion): number => Math.max(...evidence.map((one) => RANK[one.kind])) * 100 + evidence.length;
