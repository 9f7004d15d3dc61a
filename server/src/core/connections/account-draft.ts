import type { PersonId } from '#kernel/ids.ts';
import type { Account, ServerRecord } from './account.ts';
import { normalUrl, urlFault } from './account-input.ts';
import { type AccountOptions, readOptions } from './account-options.ts';
import type { Probed } from './probe.ts';

type Place = Readonly<{
  url?: string | undefined;
  token?: string | undefined;
  /** The server's own id: read from it where absent, compared where given. */
  uuid?: string | undefined;
  /** Id of the user there; a name is looked up. May be absent where the server has one user only. */
  user?: string | undefined;
}>;

type Switches = Readonly<{
  importEnabled?: boolean | undefined;
  exportEnabled?: boolean | undefined;
  metadataOnly?: boolean | undefined;
  neverUnwatch?: boolean | undefined;
  /** Given where export is switched on, unless said otherwise. */
  consent?: Account['consent'] | undefined;
}>;

/** What is absent stays; an option given as null goes back to its default. Options are flat or a tree; names that no account takes are dropped. */
export type AccountPatch = Place & Switches & Readonly<{ options?: Readonly<Record<string, unknown>> | undefined }>;

export type NewAccount = AccountPatch & Readonly<{ personId: PersonId; name?: string | undefined; type: string }>;

/** All of an account but what stays for good: person, name, type and consent. */
export type AccountReplacement = Omit<AccountPatch, 'consent'>;

/** An account as it is to be: what a probe found, and what was given. */
export type Draft = Readonly<{
  server: Omit<ServerRecord, 'id'>;
  token: string;
  userId: string;
  userName: string | undefined;
  options: AccountOptions;
  secretOptions: AccountOptions;
}>;

/** The columns of an account from which nothing was heard. */
export const NOTHING_YET = {
  import_last_sync: null,
  export_last_sync: null,
  health_state: 'unknown',
  error_from: null,
  error_at: null,
  error_code: null,
  error_message: null,
  last_event_at: null,
  last_event: null,
} as const;

export const bit = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** The user as the server spells it, or as given where the server could not be asked. */
export const userOf = ({ user }: Probed, given: string | undefined): Pick<Draft, 'userId' | 'userName'> => ({
  userId: user?.id ?? given ?? '',
  userName: user?.name,
});

/** Where the account is to be. At a new address the server's id is unknown until it is asked, unless it is given. */
export const placeOf = (current: Account, patch: AccountPatch): Readonly<{ url: string; userId: string; uuid: string | undefined }> => ({
  url: patch.url === undefined ? current.server.url : normalUrl(patch.url),
  userId: patch.user || current.userId,
  uuid: patch.uuid || (patch.url === undefined ? current.server.uuid : undefined),
});

/** Whether the stored token would be sent to another origin than the one that it was given for: whoever names that origin would learn it. */
export const sendsTokenElsewhere = ({ server }: Account, { url, token }: AccountPatch): boolean =>
  url !== undefined && !token?.trim() && urlFault(url) === undefined && new URL(url.trim()).origin !== new URL(server.url).origin;

export const mergeOptions = (current: AccountOptions, given: AccountOptions, removed: readonly string[]): AccountOptions =>
  Object.fromEntries(Object.entries({ ...current, ...given }).filter(([key]) => !removed.includes(key)));

/** Of the options that are shown with an account, those that are stored as options. */
export const storedOptions = (account: Account): AccountOptions => readOptions(account.options).plain;

const sorted = (options: AccountOptions): string => JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));

export const sameOptions = (a: AccountOptions, b: AccountOptions): boolean => sorted(a) === sorted(b);

/** Consent holds for the user it was given for; switching export on gives it, saving the same again does not. */
function consentAfter(current: Account, patch: AccountPatch, another: boolean): Account['consent'] {
  if (patch.consent) return patch.consent;
  if (patch.exportEnabled === true && (another || !current.exportEnabled)) return 'given';
  return another ? 'pending' : current.consent;
}

export function switchColumns(current: Account, patch: AccountPatch, another: boolean) {
  const { switches } = readOptions(patch.options ?? {});
  return {
    import_enabled: bit(patch.importEnabled ?? current.importEnabled),
    export_enabled: bit(patch.exportEnabled ?? current.exportEnabled),
    metadata_only: bit(patch.metadataOnly ?? switches.metadataOnly ?? current.metadataOnly),
    never_unwatch: bit(patch.neverUnwatch ?? switches.neverUnwatch ?? current.neverUnwatch),
    consent: consentAfter(current, patch, another),
  };
}
