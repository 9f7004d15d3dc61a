import type { Account, AccountPatch, NewAccount } from '#core/connections/index.ts';
import type { PushStatus } from '#features/watch-sync/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import type { Account as Shown, AccountPatch as ShownPatch, NewAccount as Wish } from './contract.ts';

export const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

export const accountShape = (account: Account, pushes: PushStatus, nameOf: (id: number | undefined) => string | null): Shown => {
  const { server, health } = account;
  return {
    id: account.id,
    name: account.name,
    person: nameOf(account.personId) ?? '',
    server: { id: server.id, type: server.type, name: server.name, url: server.url, uuid: server.uuid, version: server.version },
    user: { id: account.userId, name: account.userName ?? null },
    import: account.importEnabled,
    export: account.exportEnabled,
    metadata_only: account.metadataOnly,
    never_unwatch: account.neverUnwatch,
    consent: account.consent,
    options: { ...account.options },
    last_import: isoOrNull(account.importLastSync),
    last_export: isoOrNull(account.exportLastSync),
    health: {
      state: health.state,
      last_error: health.lastError ? { ...health.lastError, at: toIso(health.lastError.at) } : null,
      last_event_at: isoOrNull(health.lastEventAt),
      last_event: health.lastEvent ?? null,
    },
    pushes: { ...pushes },
    created_at: toIso(account.createdAt),
  };
};

/** Nothing is written to a new server before its person has seen the plan, so consent waits, whatever is asked for. */
export const newAccountOf = (wish: Wish, personId: PersonId): NewAccount => ({
  personId,
  name: wish.name,
  type: wish.type,
  url: wish.url,
  token: wish.token,
  user: wish.user,
  options: wish.options,
  importEnabled: wish.import ?? true,
  exportEnabled: wish.export ?? true,
  metadataOnly: wish.metadata_only,
  neverUnwatch: wish.never_unwatch,
  consent: 'pending',
});

/** Consent stays what it was: a switch is no answer to the plan. Where the user becomes another one, it has to be asked again. */
export const patchOf = (patch: ShownPatch, current: Account): AccountPatch => ({
  url: patch.url,
  token: patch.token,
  user: patch.user,
  options: patch.options,
  importEnabled: patch.import,
  exportEnabled: patch.export,
  metadataOnly: patch.metadata_only,
  neverUnwatch: patch.never_unwatch,
  ...(patch.user === undefined && patch.url === undefined && { consent: current.consent }),
});
