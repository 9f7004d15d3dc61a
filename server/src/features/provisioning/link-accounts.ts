import { type Account, type AccountPatch, type NewAccount, optionsOfUser } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import type { Member } from './match-users.ts';

/** What an account that was made from another follows it in. */
export type Link = Readonly<{
  url: string;
  uuid: string;
  ignore: string | undefined;
  segment: string | undefined;
  /** The token that may act for the users of a home; vendors whose own token may do so have none. */
  adminToken: string | undefined;
  /** The source's own token, for vendors where it acts for everybody. */
  token: Readonly<{ token?: string }>;
  switches: string;
  sameAs(other: Link): boolean;
}>;

/** `ownTokens`: each user there has a token of their own, and the owner's may fetch it. */
type Secrets = Readonly<{ token: string; secrets: Readonly<Record<string, unknown>>; ownTokens: boolean }>;

const textOf = (value: unknown): string | undefined => (value === undefined || value === '' ? undefined : String(value));

export function linkOf(account: Account, { token, secrets, ownTokens }: Secrets): Link {
  const isSource = account.options.ALT_NAME === undefined;
  const link = {
    url: account.server.url,
    uuid: account.server.uuid,
    ignore: textOf(account.options.ignore),
    segment: textOf(account.options.LIBRARY_SEGMENT),
    adminToken: ownTokens ? (textOf(secrets.ADMIN_TOKEN) ?? (isSource ? token : undefined)) : undefined,
    token: ownTokens ? {} : { token },
    switches: `${account.importEnabled} ${account.exportEnabled}`,
  };
  const words = JSON.stringify(link);
  return { ...link, sameAs: ({ sameAs: _, ...other }) => JSON.stringify(other) === words };
}

/** `null` takes an option away. */
export function linkedPatch(link: Link, source: Account, member?: Member): AccountPatch {
  return {
    url: link.url,
    uuid: link.uuid,
    options: {
      ALT_NAME: source.name,
      ALT_ID: source.userId,
      ignore: link.ignore ?? null,
      LIBRARY_SEGMENT: link.segment === undefined ? null : Number(link.segment),
      ...(link.adminToken !== undefined && { ADMIN_TOKEN: link.adminToken }),
      ...(member && link.adminToken !== undefined && optionsOfUser({ name: member.realName, uuid: member.uuid })),
      ...member?.options,
    },
  };
}

export function wishFor(person: Person, member: Member, source: Account, link: Link, token: string): NewAccount {
  return {
    ...linkedPatch(link, source, member),
    personId: person.id,
    name: source.name,
    type: source.server.type,
    token,
    user: member.id,
    importEnabled: source.importEnabled,
    exportEnabled: source.exportEnabled,
    metadataOnly: source.metadataOnly,
    consent: source.consent,
  };
}
