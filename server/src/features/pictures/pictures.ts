import type { Account, Connections } from '#core/connections/index.ts';
import type { CallOptions, ImageKind, UpstreamImage } from '#core/upstreams/index.ts';
import type { History, HistoryEntry } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, hours, type Instant, minutes } from '#kernel/instant.ts';

/** `account` is the one whose server gave it. */
export type Picture = UpstreamImage & Readonly<{ account: string; modifiedAt: Instant }>;

export type PicturesDeps = Readonly<{
  connections: Pick<Connections, 'connect'>;
  history: Pick<History, 'get' | 'random'>;
  clock: Clock;
  /** Bytes that are kept in memory. Default 32 MiB. */
  room?: number;
}>;

export type Pictures = Readonly<{
  /** From the server of the account that decides about the title. Undefined where it has none. Throws the server's fault. */
  of(entry: HistoryEntry, kind: ImageKind, call: CallOptions): Promise<Picture | undefined>;
  /** Of some title of the history, the same for an hour; `anew` chooses another. Undefined where none of a few has one. */
  some(person: PersonId, kind: ImageKind, how: CallOptions & Readonly<{ anew: boolean }>): Promise<Picture | undefined>;
  forget(): void;
}>;

const KEPT: Duration = minutes(30);
const CHOICE_KEPT: Duration = hours(1);
const TRIES = 8;

type Kept = Readonly<{ at: Instant; picture: Picture }>;

export function createPictures({ connections, history, clock, room = 33_554_432 }: PicturesDeps): Pictures {
  const kept = new Map<string, Kept>();
  const chosen = new Map<string, Readonly<{ at: Instant; media: MediaId }>>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.picture.body.length ?? 0;
    kept.delete(key);
  }

  /** The oldest make room. */
  function keep(key: string, picture: Picture): void {
    drop(key);
    kept.set(key, { at: clock.now(), picture });
    bytes += picture.body.length;
    for (const oldest of kept.keys()) {
      if (bytes <= room) return;
      drop(oldest);
    }
  }

  const sourceOf = ({ via, reports }: HistoryEntry): HistoryEntry['reports'][number] | undefined =>
    reports.find(({ account, copy }) => account.id === via?.id && copy.goneAt === undefined) ??
    reports.find(({ copy }) => copy.goneAt === undefined);

  async function ask(account: Account, { copy }: HistoryEntry['reports'][number], kind: ImageKind, call: CallOptions) {
    const server = await connections.connect(account);
    const { upstreamId, showUpstreamId } = copy;
    return server.readImage({ upstreamId, ...(showUpstreamId !== undefined && { showUpstreamId }) }, kind, call);
  }

  async function of(entry: HistoryEntry, kind: ImageKind, call: CallOptions): Promise<Picture | undefined> {
    const source = sourceOf(entry);
    if (source === undefined) return undefined;
    const { account, copy } = source;
    const key = `${account.server.id} ${copy.showUpstreamId ?? copy.upstreamId} ${kind}`;
    const known = kept.get(key);
    if (known && clock.now() - known.at < KEPT) return known.picture;
    const image = await ask(account, source, kind, call);
    if (image === undefined) return undefined;
    const picture = { modifiedAt: clock.now(), ...image, account: account.name };
    keep(key, picture);
    return picture;
  }

  return {
    of,
    async some(person, kind, { anew, ...call }) {
      const key = `${person} ${kind}`;
      const known = chosen.get(key);
      if (!anew && known && clock.now() - known.at < CHOICE_KEPT) {
        const entry = await history.get(person, known.media).catch(() => undefined);
        const picture = entry && (await of(entry, kind, call).catch(() => undefined));
        if (picture) return picture;
      }
      for (const entry of await history.random(person, TRIES)) {
        // A server that does not answer is passed over: any title will do.
        const picture = await of(entry, kind, call).catch(() => undefined);
        if (picture === undefined) continue;
        chosen.set(key, { at: clock.now(), media: entry.media.id });
        return picture;
      }
      return undefined;
    },
    forget() {
      kept.clear();
      chosen.clear();
      bytes = 0;
    },
  };
}
