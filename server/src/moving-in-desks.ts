import type { ActorRef } from '#core/activity/index.ts';
import type { CustomIds, LinkDraft, ProviderDraft } from '#core/media/index.ts';
import { providerName } from '#core/media/index.ts';
import type { Settings } from '#core/settings/index.ts';
import type { Suppressions } from '#features/diagnostics/index.ts';
import type { EntryDesks, Taken } from '#features/moving-in/index.ts';
import { takeMappingRow } from '#features/provisioning/index.ts';
import { mappedRowIn, ownIdIn, suppressionIn } from '#integrations/watchstate/index.ts';
import { isAppError, messageOf } from '#kernel/app-error.ts';

export type MovingInDesksDeps = Readonly<{
  customIds: CustomIds;
  suppressions: Pick<Suppressions, 'list' | 'takeIn'>;
  settings: Pick<Settings, 'get' | 'set'>;
  by: ActorRef;
}>;

const refused = (reason: string): Taken => ({ is: 'refused', reason: reason.replace(/\.$/, '') });

/** What is wrong with an entry is told; a fault of ours is thrown on. */
async function orRefused(work: Promise<unknown>): Promise<Taken> {
  try {
    await work;
    return { is: 'taken' };
  } catch (error) {
    if (isAppError(error, 'invalid', 'conflict')) return refused(messageOf(error));
    throw error;
  }
}

/** The rooms that take what WatchState has left of ids, log lines and identities, as WatchState wrote it. */
export function createMovingInDesks({ customIds, suppressions, settings, by }: MovingInDesksDeps): EntryDesks {
  async function takeProvider(draft: ProviderDraft): Promise<Taken> {
    const here = (await customIds.providers()).find(({ name }) => name === providerName(draft.name));
    if (here === undefined) return orRefused(customIds.addProvider(draft, by));
    return here.pattern === draft.pattern
      ? { is: 'there' }
      : refused(`a custom GUID guid_${here.name} with another pattern is here already`);
  }

  async function takeLink(draft: LinkDraft): Promise<Taken> {
    const here = (await customIds.links()).find(({ type, from }) => type === draft.type && from === draft.from);
    if (here === undefined) return orRefused(customIds.addLink(draft, by));
    return here.to === providerName(draft.to) ? { is: 'there' } : refused(`a link from there to guid_${here.to} is here already`);
  }

  return {
    async customIds({ value }) {
      const own = ownIdIn(value);
      if ('fault' in own) return refused(own.fault);
      return 'link' in own ? takeLink(own.link) : takeProvider(own.provider);
    },
    async suppressions({ value }) {
      const rule = suppressionIn(value);
      if ('fault' in rule) return refused(rule.fault);
      const here = await suppressions.list();
      if (here.some((one) => one.type === rule.type && one.rule === rule.rule)) return { is: 'there' };
      if (here.some((one) => one.id === rule.id)) return refused('another rule of its id is here already');
      const [fault] = await suppressions.takeIn([rule], by);
      return fault ? refused(fault.reason) : { is: 'taken' };
    },
    async mapping({ value }) {
      const row = mappedRowIn(value);
      return 'fault' in row ? refused(row.fault) : takeMappingRow(settings, row, by);
    },
  };
}
