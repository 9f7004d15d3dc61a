import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import type { Instant } from '#kernel/instant.ts';
import type { ServerKind } from './household.ts';

/** What a person did with a title; `here` is their word in the house itself. */
export type Act = {
  readonly kind: 'finish' | 'mark' | 'unmark' | 'pause';
  readonly server: ServerKind | 'here';
  readonly at: Instant;
  readonly positionMs?: number;
  /** The house has certainly heard of it. */
  seen?: boolean;
};

/** One person's life with one title, as an angel would have written it down. */
export type Story = {
  readonly name: string;
  readonly person: string;
  readonly title: FakeTitle;
  readonly items: ReadonlyMap<ServerKind, string>;
  watched: boolean;
  /** Since everything was last at rest. */
  acts: Act[];
  /** Every one of them has to be in the history, once for each evening. */
  plays: Instant[];
  /** What servers count, and nobody could know to be no play: titles that were begun, plays that were wiped out before anybody looked. */
  doubtful: number;
  /** Nobody can say whether it counts as watched. */
  unsure: boolean;
  /** Its server has forgotten where it stood. */
  adrift: boolean;
  /** How many marks each server may have been sent. */
  readonly mayMark: Map<ServerKind, number>;
};

const SAME_EVENING = 4 * 3_600_000;
const isPlay = ({ kind }: Act): boolean => kind === 'finish' || kind === 'mark';

export const allowMarks = (story: Story, kinds: Iterable<ServerKind>): void => {
  for (const kind of kinds) story.mayMark.set(kind, (story.mayMark.get(kind) ?? 0) + 1);
};

export function evenings(times: readonly Instant[]): number {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of [...times].sort((one, other) => one - other)) {
    if (time - last > SAME_EVENING) count += 1;
    last = time;
  }
  return count;
}

/** What was watched there and not looked at yet is gone with its mark: it may have been seen, and need not. */
export function wipeUnseen(story: Story, server: ServerKind): void {
  const unseen = story.acts.filter((act) => act.server === server && act.seen !== true);
  for (const act of unseen.filter(isPlay)) {
    const known = story.plays.indexOf(act.at);
    if (known >= 0) story.plays.splice(known, 1);
    story.acts.splice(story.acts.indexOf(act), 1);
    story.doubtful += 1;
    story.unsure = true;
  }
}

/** Written down before it is done. `wasPlayed`: the server showed the title as watched. */
export function writeDown(story: Story, act: Act, wasPlayed: boolean): void {
  const { server, kind } = act;
  // The family counts every start, and takes the mark away when a watched title is begun again.
  const begun = kind === 'pause' && server !== 'plex' && server !== 'here';
  if (server !== 'here' && (kind === 'unmark' || begun)) wipeUnseen(story, server);
  story.acts.push(act);
  const unmarked = story.acts.some((one) => one.server === server && one.kind === 'unmark' && one.seen !== true);
  // Un-marked and begun again before anybody looked: the family shows a watched title that is begun again just so.
  if (unmarked && kind === 'pause') story.unsure = true;
  // Un-marked and watched again before anybody looked: the count is the old one, and a later date alone is no play.
  if (isPlay(act) && unmarked) story.doubtful += 1;
  else if (isPlay(act)) story.plays.push(act.at);
  if (begun) story.doubtful += 1;
  if (kind === 'unmark') allowMarks(story, story.items.keys());
  else if (begun && wasPlayed) allowMarks(story, [server]);
}

/** Whether the title must be watched now; undefined where it may be either way. */
export function mustBeWatched({ acts, watched, unsure }: Story): boolean | undefined {
  const decisive = acts.filter((act) => act.kind !== 'pause');
  if (unsure) return undefined;
  if (decisive.every(isPlay)) return watched || decisive.length > 0;
  if (!decisive.some(isPlay)) return false;
  // Un-watched and watched in the same days: what was watched last stands, and an un-mark may come too late.
  return decisive.at(-1)?.kind === 'unmark' ? undefined : true;
}

/** How many plays there must be, and how many there may be. */
export function playsOf({ plays, doubtful }: Story): readonly [fewest: number, most: number] {
  const fewest = evenings(plays);
  // Finished twice in one evening on one server: its count says two, its dates say one.
  return [fewest, plays.length + doubtful];
}

/** Where the title must stand on every server, where the only thing that anybody did was to leave it in the middle. */
export function mustStandAt({ acts, adrift }: Story): number | undefined {
  return !adrift && acts.every((act) => act.kind === 'pause') ? acts.at(-1)?.positionMs : undefined;
}
