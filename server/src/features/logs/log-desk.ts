import type { Instant } from '#kernel/instant.ts';
import type { LogFile, Logging, LogType, WalkedEntry } from '#platform/logging/index.ts';
import { createFollowing, type Follow, whileThere } from './follow-logs.ts';
import { createFits, type LogFilter, type LogLine, lineOf } from './log-lines.ts';
import { type LogPlace, readPlace, spellPlace } from './log-place.ts';

export type LogDeskDeps = Readonly<{ logs: Pick<Logging, 'files' | 'today' | 'walk' | 'read'> }>;

export type LogSearch = LogFilter &
  Readonly<{
    /** `newest`: backwards from `from`; `oldest`: onwards from it. */
    order: 'newest' | 'oldest';
    /** A moment to begin at. */
    from?: Instant | undefined;
    /** A place that an earlier answer gave, to go on from. */
    place?: string | undefined;
    limit: number;
  }>;

export type LogAnswer = Readonly<{
  lines: readonly LogLine[];
  /** To go on from; undefined where there is nothing more. */
  next: string | undefined;
  /** How far was looked; with fewer lines than asked for and a `next`, it was looked through as much as is done at once. */
  lookedTo: Instant | undefined;
  /** Where the logs ended when the search began: whoever follows from there misses nothing. */
  followFrom: string;
  /** The days of which there are logs, `YYYYMMDD`, newest first. */
  days: readonly string[];
}>;

export type LogDesk = Readonly<{
  search(wish: LogSearch): Promise<LogAnswer>;
  /**
   * Lines as they are written, from now on or from a place on, over the end of the day. Each comes with its place. Whoever reads slowly slows
   * the reading down.
   */
  follow(filter: LogFilter, options: Parameters<Follow>[1]): ReturnType<Follow>;
}>;

/** A search for a rare word looks through this many lines, and says how far it came. */
const MOST_LOOKED_AT = 100_000;

type Source = Readonly<{ kind: LogType; walked: WalkedEntry; file: string }>;
type Start = LogPlace[LogType];
type Places = { [Kind in LogType]?: Exclude<LogPlace[Kind], undefined> };

/** The logs as a person reads them: all kinds in the order of time, filtered, from any moment. */
export function createLogDesk({ logs }: LogDeskDeps): LogDesk {
  const kindsOf = ({ kinds }: LogFilter): readonly LogType[] => kinds ?? ['app', 'task'];
  const daysOf = (): readonly string[] => [...new Set(logs.files().map((file) => file.date))];

  /** The files of a kind in the order in which they are read. */
  const filesOf = (kind: LogType, order: LogSearch['order']): readonly LogFile[] => {
    const files = logs.files().filter((file) => file.type === kind);
    return order === 'newest' ? files : files.reverse();
  };

  /** Where nothing more comes in that order, or where more may be written. */
  function endOf(files: readonly LogFile[], order: LogSearch['order']): Start {
    const last = files.at(-1);
    return last && { file: last.filename, at: order === 'newest' ? 0 : last.size };
  }

  async function startOf(kind: LogType, { order, from }: LogSearch): Promise<Start> {
    const files = filesOf(kind, order);
    const [first] = files;
    if (from === undefined) return first && { file: first.filename, at: order === 'newest' ? first.size : 0 };
    for (const { filename: file, size } of files) {
      const at = await logs.walk.positionAt(file, from);
      if (order === 'newest' ? at > 0 : at < size) return { file, at };
    }
    return endOf(files, order);
  }

  async function* linesOf(kind: LogType, order: LogSearch['order'], start: Start): AsyncGenerator<Source> {
    const names = filesOf(kind, order).map((file) => file.filename);
    const later = names.filter((name) => start !== undefined && (order === 'newest' ? name < start.file : name > start.file));
    for (const { file, at } of start === undefined ? [] : [start, ...later.map((name) => ({ file: name, at: undefined }))]) {
      const walked = order === 'newest' ? logs.walk.back(file, at) : logs.walk.on(file, at ?? 0);
      for await (const one of whileThere(walked)) yield { kind, walked: one, file };
    }
  }

  function endsOf(wish: LogSearch): LogPlace {
    const ends: Places = {};
    for (const kind of kindsOf(wish)) {
      const end = endOf(filesOf(kind, 'oldest'), 'oldest');
      if (end) ends[kind] = end;
    }
    return ends;
  }

  async function startsOf(wish: LogSearch): Promise<Places> {
    const place: Places = wish.place === undefined ? {} : { ...readPlace(wish.place, 'place') };
    for (const kind of kindsOf(wish)) {
      const start = place[kind] ?? (await startOf(kind, wish));
      if (start) place[kind] = start;
    }
    return place;
  }

  async function search(wish: LogSearch): Promise<LogAnswer> {
    const fits = createFits(wish);
    const told = { followFrom: spellPlace(endsOf(wish)), days: daysOf() };
    const place = await startsOf(wish);
    const sources = kindsOf(wish).map((kind) => linesOf(kind, wish.order, place[kind]));
    const lines: LogLine[] = [];
    let looked = 0;
    let lookedTo: Instant | undefined;
    for await (const { kind, walked, file } of inOrder(sources, wish.order)) {
      const line = lineOf(kind, walked.entry);
      looked += 1;
      lookedTo = line.at ?? lookedTo;
      place[kind] = { file, at: wish.order === 'newest' ? walked.start : walked.end };
      if (fits(line)) lines.push(line);
      if (lines.length >= wish.limit || looked >= MOST_LOOKED_AT) return { lines, next: spellPlace(place), lookedTo, ...told };
    }
    return { lines, next: undefined, lookedTo, ...told };
  }

  const follow = createFollowing({ logs });

  return { search, follow: (filter, options) => follow({ ...filter, kinds: kindsOf(filter) }, options) };
}

/** Lines of several files in the order of time. */
async function* inOrder(streams: readonly AsyncGenerator<Source>[], order: LogSearch['order']): AsyncGenerator<Source> {
  const heads = new Map<AsyncGenerator<Source>, Source>();
  const advance = async (stream: AsyncGenerator<Source>): Promise<void> => {
    const { value, done } = await stream.next();
    if (done) heads.delete(stream);
    else heads.set(stream, value);
  };
  try {
    for (const stream of streams) await advance(stream);
    while (heads.size > 0) {
      const [stream, source] = [...heads].reduce((best, one) => (isBefore(one[1], best[1], order) ? one : best));
      yield source;
      await advance(stream);
    }
  } finally {
    for (const stream of streams) await stream.return(undefined);
  }
}

/** A line without a time goes with the one before it. */
function isBefore(one: Source, other: Source, order: LogSearch['order']): boolean {
  const [mine, theirs] = [one.walked.entry.at, other.walked.entry.at];
  if (mine === undefined) return true;
  if (theirs === undefined) return false;
  return order === 'newest' ? mine > theirs : mine < theirs;
}
