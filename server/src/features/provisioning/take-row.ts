import type { ActorRef } from '#core/activity/index.ts';
import type { Settings } from '#core/settings/index.ts';
import { isAppError, messageOf } from '#kernel/app-error.ts';
import { type MappedMember, type Mapping, plainUsername } from './match-users.ts';
import { MAPPING } from './provisioning.ts';

export type MappingRow = Mapping['identities'][number];

/** `reason` where it was not taken. */
export type RowTaken = Readonly<{ is: 'taken' | 'there' } | { is: 'refused'; reason: string }>;

const membersIn = (members: readonly MappedMember[]): string =>
  JSON.stringify(members.map(({ backend, username }) => [backend, username]).sort());

/** Adds what another program was told of who is who. What is said here already stays, whoever it names. */
export async function takeMappingRow(settings: Pick<Settings, 'get' | 'set'>, row: MappingRow, by: ActorRef): Promise<RowTaken> {
  const mapping = await settings.get(MAPPING);
  const identity = plainUsername(row.identity);
  const same = mapping.identities.find((one) => plainUsername(one.identity) === identity);
  if (same && membersIn(same.members) === membersIn(row.members)) return { is: 'there' };
  if (same) return { is: 'refused', reason: `another mapping of ${identity} is here already` };
  const named = mapping.identities.find(({ members }) =>
    members.some(({ backend, username }) => row.members.some((one) => one.backend === backend && one.username === username)),
  );
  if (named) return { is: 'refused', reason: `somebody that it names is mapped to ${named.identity} here` };
  try {
    await settings.set(MAPPING, { ...mapping, identities: [...mapping.identities, { identity, members: row.members }] }, { actor: by });
    return { is: 'taken' };
  } catch (error) {
    if (!isAppError(error, 'invalid', 'forbidden')) throw error;
    return { is: 'refused', reason: messageOf(error) };
  }
}
