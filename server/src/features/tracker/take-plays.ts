import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type RewatchVerdict, verdictOf } from './plan-rewatches.ts';
import { toldDay } from './plan-watch.ts';
import { factsOn, type Projection } from './project.ts';
import { readShows, wholeOf } from './read-words.ts';
import { recordWatches } from './record-watches.ts';
import { daysBefore, type RewatchAsked, type Rewatches } from './rewatches.ts';
import type { Database, StampedTx } from './stamps.store.ts';
import { createTitleTypes, type LibraryTitle, touchPlayback } from './title-types.store.ts';

/** A play as an app told it while it happened. `event` is kept with it. */
export type ToldPlay = Readonly<{ mediaId: MediaId; at: Instant; event: string }>;

export type PlayTakerDeps = Readonly<{
  database: Database;
  clock: Clock;
  projection: Projection;
  rewatches: Rewatches;
  tellHouse(tx: StampedTx, media: ReadonlySet<MediaId>): Promise<void>;
}>;

type TitlePlays = Readonly<{ title: LibraryTitle; plays: readonly ToldPlay[] }>;

/** Takes plays of these days into the history, which holds them in the same way whoever tells of them. */
export function createPlayTaker({ database, clock, projection, rewatches, tellHouse }: PlayTakerDeps) {
  async function byTitle(tx: StampedTx, plays: readonly ToldPlay[]): Promise<readonly TitlePlays[]> {
    const types = createTitleTypes(tx.handle, clock);
    const titles = new Map<MediaId, TitlePlays>();
    for (const play of plays) {
      const [title] = await types.behind([play.mediaId]);
      if (title) titles.set(title.mediaId, { title, plays: [...(titles.get(title.mediaId)?.plays ?? []), play] });
    }
    return [...titles.values()];
  }

  async function askedOf(tx: StampedTx, repeats: readonly TitlePlays[], now: Instant): Promise<readonly RewatchAsked[]> {
    const shows = repeats.flatMap(({ title }) => (title.kind === 'show' ? title.mediaId : []));
    const known = await readShows(factsOn({ database, clock }, tx.handle), shows);
    return repeats.map(({ title, plays }) => ({ title, isInPart: true, plays, whole: wholeOf(title, known, now) }));
  }

  /** With `allowRewatch`, what was watched before is a time more, and the answer says of each play what became of it. */
  return async function takePlays(
    tx: StampedTx,
    told: readonly ToldPlay[],
    { allowRewatch = false }: Readonly<{ allowRewatch?: boolean }> = {},
  ): Promise<ReadonlyMap<MediaId, RewatchVerdict>> {
    const now = clock.now();
    const media = told.map((play) => play.mediaId);
    const before = await daysBefore(tx, allowRewatch ? told : []);
    const words = told.map(({ mediaId, at, event }) => ({ mediaId, day: toldDay(at, now), event }));
    const recorded = await recordWatches(tx, words, now);
    const known = told.filter((play) => !recorded.added.has(play.mediaId));
    const repeats = await byTitle(tx, allowRewatch ? known : []);
    const again = await rewatches.record(tx, await askedOf(tx, repeats, now), before, now);
    await touchPlayback(tx, recorded.ended, clock);
    await projection.project(tx, media, { changed: new Set(again.done.keys()) });
    await tellHouse(tx, new Set([...recorded.changed, ...again.changed]));
    if (!allowRewatch) return new Map();
    return new Map([
      ...media.map((id): [MediaId, RewatchVerdict] => [id, { status: 'first-watch' }]),
      ...repeats.flatMap(({ title, plays }) =>
        plays.map((play) => [play.mediaId, verdictOf(play, again.kept.get(title.mediaId) ?? [], before.get(play.mediaId) ?? [])] as const),
      ),
    ]);
  };
}
