import { Type } from 'typebox';
import type { Actor } from '#core/access/index.ts';
import { type Account, type Connections, USER_PIN } from '#core/connections/index.ts';
import { MAIN_PERSON, type People, type Person } from '#core/people/index.ts';
import { defineSetting, type Settings } from '#core/settings/index.ts';
import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import { createAccountLinks } from './account-links.ts';
import { linkedPatch, wishFor } from './link-accounts.ts';
import {
  type Identity,
  type MappedMember as Mapped,
  type Mapping,
  type Matching,
  type Member,
  matchUsers,
  plainUsername,
} from './match-users.ts';

const MappedMember = Type.Object({
  backend: Type.String({ minLength: 1, maxLength: 64 }),
  username: Type.String({ minLength: 1, maxLength: 200 }),
  options: Type.Record(Type.String(), Type.String({ maxLength: 1_000 })),
});

/** Secret, since PINs are in it. */
export const MAPPING = defineSetting({
  key: 'people.mapping',
  schema: Type.Object({
    version: Type.String(),
    identities: Type.Array(
      Type.Object({ identity: Type.String({ minLength: 1, maxLength: 64 }), members: Type.Array(MappedMember, { maxItems: 50 }) }),
      { maxItems: 500 },
    ),
  }),
  default: { version: '1.6', identities: [] },
  scope: 'house',
  secret: true,
  description: 'Which users of the servers are one person.',
});

export type ProvisioningDeps = Readonly<{
  clock: Clock;
  people: People;
  connections: Connections;
  settings: Pick<Settings, 'get' | 'set'>;
  /** Writes the history of a person to a portable file. */
  backup(person: Person): Promise<void>;
  /** Takes an account away with what it said; what was watched stays. */
  removeAccount(account: Account): Promise<void>;
}>;

export type Preview = Matching & Readonly<{ backends: readonly string[]; hasIdentities: boolean; hasMapping: boolean; expiresAt: Instant }>;
export type Mode = 'create' | 'update' | 'recreate';
export type ProvisionWish = Readonly<{
  mode: Mode;
  dryRun: boolean;
  backup: boolean;
  newTokens: boolean;
  single: boolean;
  mapping?: Mapping;
  saveMapping: boolean;
}>;
export type Failed = Readonly<{ identity: string; backend: string; reason: string }>;
export type Provisioned = Readonly<{ identities: readonly Identity[]; failed: readonly Failed[] }>;
export type Synced = Readonly<{
  updated: readonly Readonly<{ identity: string; backend: string; source: string }>[];
  skipped: readonly Failed[];
  failed: readonly Failed[];
}>;

export type SaidRow = Readonly<{ identity: string; members: readonly Readonly<{ backend: string; username: string; pin?: string }>[] }>;

export type Provisioning = Readonly<{
  /** Asks the servers of `main` for their users. Kept for five minutes; `anew` asks again. Throws a server's fault. */
  preview(how: CallOptions & Readonly<{ anew: boolean; single?: boolean }>): Promise<Preview>;
  /** Throws `invalid` for a version below 1.5 and for a mapping of nobody. */
  saveMapping(mapping: Mapping, by: Actor): Promise<Mapping>;
  mapping(): Promise<Mapping>;
  /** The same by people who see no PINs: one that is not named stays for its user, an empty one goes. Throws `invalid`. */
  sayWhoIsWho(rows: readonly SaidRow[], by: Actor): Promise<Mapping>;
  /**
   * Makes people of those who are matched, each with accounts that follow the accounts of `main`. Nobody's history is touched:
   * `recreate` takes the linked accounts away first and makes them anew, after a backup. Throws `conflict` for `create` where people
   * have accounts already, `invalid` where nobody is matched or the mode does not fit.
   */
  provision(wish: ProvisionWish, by: Actor, call: CallOptions): Promise<Provisioned>;
  /** Brings linked accounts in line with those of `main` that they were made from. Makes, removes and matches nobody. */
  syncLinked(dryRun: boolean): Promise<Synced>;
}>;

type SyncDraft = { updated: Synced['updated'][number][]; skipped: Failed[]; failed: Failed[] };

const KEPT: Duration = minutes(5);
const LOWEST_VERSION = 1.5;
const NEW_VERSION = '1.6';

export function createProvisioning({ clock, people, connections, settings, backup, removeAccount }: ProvisioningDeps): Provisioning {
  const { tokenFor, linkFor } = createAccountLinks({ connections });
  let kept: Readonly<{ at: Instant; members: readonly Member[] }> | undefined;

  async function membersOf(account: Account, call: CallOptions): Promise<readonly Member[]> {
    const users = await connections.usersOf(account, call);
    // The user of `main` itself is nobody else.
    const others = users.filter(({ id, aliases = [], disabled }) => disabled !== true && ![id, ...aliases].includes(account.userId));
    return others.map((user) => ({
      id: user.id,
      ...(user.uuid !== undefined && { uuid: user.uuid }),
      username: plainUsername(user.name),
      realName: user.name,
      backend: account.name,
      type: account.server.type,
      protected: user.protected ?? false,
      options: {},
    }));
  }

  async function discover(how: CallOptions & Readonly<{ anew: boolean }>): Promise<readonly Member[]> {
    if (!how.anew && kept && clock.now() - kept.at < KEPT) return kept.members;
    const members: Member[] = [];
    for (const account of await connections.list(MAIN_PERSON)) members.push(...(await membersOf(account, how)));
    kept = { at: clock.now(), members };
    return members;
  }

  async function others(): Promise<readonly Readonly<{ person: Person; accounts: readonly Account[] }>[]> {
    const everybody = (await people.list()).filter((person) => person.id !== MAIN_PERSON);
    return Promise.all(everybody.map(async (person) => ({ person, accounts: await connections.list(person.id) })));
  }

  async function saveMapping(mapping: Mapping, by: Actor): Promise<Mapping> {
    if (!(Number(mapping.version) >= LOWEST_VERSION)) throw invalid('version', `must be at least ${LOWEST_VERSION}`);
    if (mapping.identities.length === 0) throw invalid('identities', 'must name somebody');
    await settings.set(MAPPING, mapping, { actor: by });
    return mapping;
  }

  async function groupsFor(wish: ProvisionWish, call: CallOptions): Promise<readonly Identity[]> {
    const sources = await connections.list(MAIN_PERSON);
    if (wish.single && sources.length !== 1)
      throw invalid('allow_single_backend_identities', `needs exactly one backend; there are ${sources.length}`);
    const mapping = wish.mapping ?? (await settings.get(MAPPING));
    const { matched } = matchUsers(await discover({ ...call, anew: true }), { mapping, single: wish.single });
    if (matched.length === 0) throw invalid('mapping', 'matches nobody: no user of one server could be told to be a user of another');
    return matched;
  }

  async function place(person: Person, member: Member, wish: ProvisionWish, call: CallOptions): Promise<void> {
    const source = (await connections.list(MAIN_PERSON)).find((account) => account.name === member.backend);
    if (!source) throw new AppError('not-found', `"main" has no backend ${member.backend} any more.`);
    const link = await linkFor(source);
    const known = (await connections.list(person.id)).find(
      (account) => account.options.ALT_NAME === source.name || (account.name === source.name && account.server.id === source.server.id),
    );
    if (known === undefined) {
      await connections.create(wishFor(person, member, source, link, await tokenFor(source, member, call)), call);
      return;
    }
    const token = wish.newTokens ? { token: await tokenFor(source, member, call) } : {};
    await connections.update(known.id, { ...linkedPatch(link, source, member), ...token }, { verify: false });
  }

  async function carryOut(group: Identity, wish: ProvisionWish, call: CallOptions): Promise<readonly Failed[]> {
    const person = (await people.byName(group.identity)) ?? (await people.create(group.identity));
    if (person.id === MAIN_PERSON) {
      return group.members.map(({ backend }) => ({
        identity: group.identity,
        backend,
        reason: 'The identity "main" is not made from others.',
      }));
    }
    if (wish.backup && wish.mode !== 'create') await backup(person);
    const failed: Failed[] = [];
    for (const member of group.members) {
      await place(person, member, wish, call).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        failed.push({ identity: group.identity, backend: member.backend, reason: error.message });
      });
    }
    return failed;
  }

  async function takeLinkedAway(): Promise<void> {
    for (const { person, accounts } of await others()) {
      const linked = accounts.filter((account) => account.options.ALT_NAME !== undefined);
      if (linked.length === 0) continue;
      await backup(person);
      for (const account of linked) await removeAccount(account);
    }
  }

  return {
    async preview({ anew, single = false, ...call }) {
      const sources = await connections.list(MAIN_PERSON);
      const mapping = await settings.get(MAPPING);
      const members = await discover({ ...call, anew });
      return {
        ...matchUsers(members, { mapping, single }),
        backends: sources.map((account) => account.name),
        hasIdentities: (await others()).some(({ accounts }) => accounts.length > 0),
        hasMapping: mapping.identities.length > 0,
        expiresAt: (kept?.at ?? clock.now()) + KEPT,
      };
    },
    saveMapping,
    mapping: () => settings.get(MAPPING),
    async sayWhoIsWho(rows, by) {
      const before = (await settings.get(MAPPING)).identities.flatMap(({ members }) => members);
      const optionsFor = ({ backend, username, pin }: SaidRow['members'][number]): Mapped['options'] => {
        const kept = before.find((one) => one.backend === backend && one.username === username)?.options ?? {};
        const { [USER_PIN]: _, ...others } = kept;
        return pin === undefined ? kept : pin === '' ? others : { ...others, [USER_PIN]: pin };
      };
      const identities = rows.map(({ identity, members }) => ({
        identity,
        members: members.map((member) => ({ backend: member.backend, username: member.username, options: optionsFor(member) })),
      }));
      return saveMapping({ version: NEW_VERSION, identities }, by);
    },
    async provision(wish, by, call) {
      if (wish.mode === 'create' && (await others()).some(({ accounts }) => accounts.length > 0)) {
        throw new AppError('conflict', 'There are identities already: update them, or make them anew.');
      }
      const identities = await groupsFor(wish, call);
      if (wish.dryRun) return { identities, failed: [] };
      if (wish.mapping && wish.saveMapping) await saveMapping(wish.mapping, by);
      if (wish.mode === 'recreate') await takeLinkedAway();
      const failed: Failed[] = [];
      for (const group of identities) failed.push(...(await carryOut(group, wish, call)));
      return { identities, failed };
    },
    async syncLinked(dryRun) {
      const sources = await connections.list(MAIN_PERSON);
      const result: SyncDraft = { updated: [], skipped: [], failed: [] };
      for (const { person, accounts } of await others()) {
        for (const account of accounts) await syncOne(person, account, sources, dryRun, result);
      }
      return result;
    },
  };

  async function syncOne(person: Person, account: Account, sources: readonly Account[], dryRun: boolean, result: SyncDraft): Promise<void> {
    const about = { identity: person.name, backend: account.name };
    const alt = account.options.ALT_NAME;
    const source = sources.find((one) => one.name === alt);
    if (alt === undefined) result.skipped.push({ ...about, reason: 'Backend is not linked to a source backend.' });
    else if (source === undefined) result.skipped.push({ ...about, reason: 'Source backend no longer exists.' });
    else if (source.server.type !== account.server.type) result.failed.push({ ...about, reason: 'Source backend is of another type.' });
    else if (await bringInLine(account, source, dryRun)) result.updated.push({ ...about, source: source.name });
    else result.skipped.push({ ...about, reason: 'Already in sync.' });
  }

  /** False where it is so already. */
  async function bringInLine(account: Account, source: Account, dryRun: boolean): Promise<boolean> {
    const link = await linkFor(source);
    const mine = await linkFor(account);
    if (link.sameAs(mine)) return false;
    if (!dryRun) {
      const switches = { importEnabled: source.importEnabled, exportEnabled: source.exportEnabled };
      await connections.update(account.id, { ...linkedPatch(link, source), ...link.token, ...switches }, { verify: false });
    }
    return true;
  }
}
