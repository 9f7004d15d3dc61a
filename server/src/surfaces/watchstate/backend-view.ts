import { type Actor, may, requireKeeper, requireRight } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import { type Account, type AccountOptions, type AccountPatch, type Connections, sendsTokenElsewhere } from '#core/connections/index.ts';
import { type BackendRow, MASK, rowOf, type StoredBackend, storedOf, webhookUrl } from './backend.shape.ts';

export type BackendViewDeps = Readonly<{
  connections: Connections;
  activity: Pick<Activity, 'record'>;
  /** Before the addresses that servers are given; without it they are paths. */
  publicUrl: URL | undefined;
}>;

export type BackendView = ReturnType<typeof createBackendView>;

const masked = (options: AccountOptions): AccountOptions => Object.fromEntries(Object.keys(options).map((key) => [key, MASK]));

/** Accounts as this page shows them, to whoever asks. */
export function createBackendView({ connections, activity, publicUrl }: BackendViewDeps) {
  const webhookOf = async (account: Account, actor: Actor): Promise<string> =>
    webhookUrl(publicUrl, may(actor, 'write') ? await connections.webhookTokenOf(account) : undefined);

  return {
    webhookOf,

    row: async (account: Account, actor: Actor): Promise<BackendRow> => rowOf(account, await webhookOf(account, actor)),

    stored: async (account: Account, actor: Actor): Promise<StoredBackend> =>
      storedOf(account, await webhookOf(account, actor), { token: MASK, options: masked(await connections.secretOptionsOf(account)) }),

    /** With its secrets in clear: for owners, and noted. */
    async revealed(account: Account, actor: Actor): Promise<StoredBackend> {
      requireRight(actor, 'owner');
      await activity.record({ actor, verb: 'account.revealed', subject: account.name, personId: account.personId });
      const secrets = { token: await connections.tokenOf(account), options: await connections.secretOptionsOf(account) };
      return storedOf(account, await webhookOf(account, actor), secrets);
    },

    /** A token that is masked here must not be learnt by having it sent to an address of one's own. */
    mayChange(account: Account, patch: AccountPatch, actor: Actor): void {
      if (sendsTokenElsewhere(account, patch))
        requireKeeper(actor, account.personId, 'Another address without its token needs the stored one');
    },

    noted: async (account: Account, actor: Actor, verb: 'account.added' | 'account.changed' | 'account.removed'): Promise<void> =>
      activity.record({ actor, verb, subject: account.name, detail: { type: account.server.type }, personId: account.personId }),
  };
}
