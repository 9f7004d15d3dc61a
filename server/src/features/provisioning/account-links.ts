import { type Account, type Connections, USER_PIN } from '#core/connections/index.ts';
import type { CallOptions } from '#core/upstreams/index.ts';
import { type Link, linkOf } from './link-accounts.ts';
import type { Member } from './match-users.ts';

export type AccountLinks = ReturnType<typeof createAccountLinks>;

/** What an account that is made from another gets from it: its credentials, as far as it may, and what it follows it in. */
export function createAccountLinks({ connections }: Readonly<{ connections: Connections }>) {
  return {
    /** A token of that user's own where the vendor has such, else the source's. Throws the upstream's fault. */
    async tokenFor(source: Account, member: Pick<Member, 'id' | 'uuid' | 'options'>, call: CallOptions): Promise<string> {
      const { tokenForUser } = connections.driverOf(source);
      if (tokenForUser === undefined) return connections.tokenOf(source);
      const pin = member.options[USER_PIN];
      const user = { id: member.id, ...(member.uuid !== undefined && { uuid: member.uuid }), ...(pin !== undefined && { pin }) };
      return tokenForUser(await connections.connectionFor(source), user, call);
    },

    async linkFor(source: Account): Promise<Link> {
      return linkOf(source, {
        token: await connections.tokenOf(source),
        secrets: await connections.secretOptionsOf(source),
        ownTokens: connections.driverOf(source).tokenForUser !== undefined,
      });
    },
  };
}
