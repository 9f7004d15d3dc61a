/** A user of one of the household's servers. */
export type Member = Readonly<{
  id: string;
  uuid?: string;
  /** As names are compared: small letters, digits and underscores. */
  username: string;
  realName: string;
  backend: string;
  type: string;
  protected: boolean;
  options: Readonly<Record<string, string>>;
}>;

export type MappedMember = Readonly<{ backend: string; username: string; options: Readonly<Record<string, string>> }>;
/** What a person said about who is who. */
export type Mapping = Readonly<{
  version: string;
  identities: readonly Readonly<{ identity: string; members: readonly MappedMember[] }>[];
}>;

export type Identity = Readonly<{ identity: string; members: readonly Member[] }>;
export type Unmatched = Member & Readonly<{ reason: string }>;
export type Matching = Readonly<{ matched: readonly Identity[]; unmatched: readonly Unmatched[] }>;

/** `Ann Lee` is `ann_lee`, `1234` is `user_1234`. */
export function plainUsername(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  return plain === '' || /^\d+$/.test(plain) ? `user_${plain}` : plain;
}

type Options = Readonly<{ mapping?: Mapping | undefined; single: boolean }>;

/**
 * Who is one person: what the mapping says, then the same name on different servers. Where a server has two users of one name, nobody can
 * tell which of them is meant, and neither is matched: never the first that comes.
 */
export function matchUsers(members: readonly Member[], { mapping, single }: Options): Matching {
  const draft: Draft = { used: new Set(), matched: [], reasons: new Map() };
  const enough = single ? 1 : 2;
  for (const row of mapping?.identities ?? []) matchRow(members, row, enough, draft);
  for (const [username, group] of Map.groupBy(free(members, draft.used), (member) => member.username))
    matchGroup(username, group, enough, draft);
  const unmatched = free(members, draft.used).map((member) => ({
    ...member,
    reason: draft.reasons.get(member) ?? 'Nobody has that name on another server.',
  }));
  return { matched: draft.matched, unmatched };
}

type Draft = { used: Set<Member>; matched: Identity[]; reasons: Map<Member, string> };

function matchRow(members: readonly Member[], row: Mapping['identities'][number], enough: number, draft: Draft): void {
  const found = row.members.flatMap(({ backend, username, options }) => {
    const named = free(members, draft.used).filter((one) => one.backend === backend && isCalled(one, username));
    const [only] = named;
    return only === undefined || named.length > 1 ? [] : [{ from: only, member: { ...only, options: { ...only.options, ...options } } }];
  });
  if (found.length < enough) {
    for (const { from } of found) draft.reasons.set(from, 'Fewer than two of those whom the mapping names with it were found.');
    return;
  }
  for (const { from } of found) draft.used.add(from);
  draft.matched.push({ identity: plainUsername(row.identity), members: found.map(({ member }) => member) });
}

function matchGroup(username: string, group: readonly Member[], enough: number, draft: Draft): void {
  if (new Set(group.map((member) => member.backend)).size < group.length) {
    for (const member of group) draft.reasons.set(member, `More than one user is called ${username} there.`);
  } else if (group.length >= enough) {
    for (const member of group) draft.used.add(member);
    draft.matched.push({ identity: username, members: group });
  }
}

const free = (members: readonly Member[], used: ReadonlySet<Member>): readonly Member[] => members.filter((member) => !used.has(member));
const isCalled = (member: Member, name: string): boolean =>
  member.username === name || member.username === plainUsername(name) || member.realName === name || member.id === name;
