import type {
  ExportedEpisode,
  ExportedFile,
  ExportedHistory,
  ExportedPlayback,
  ExportedRating,
  ExportedRecord,
  ExportedStanding,
  ExportedWatch,
  HistoryFileReader,
  LeftOut,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { recordIn } from './own-record.ts';

/** The first member of the document, by which it is known. */
export const FORMAT = 'usherr.history';
const VERSION = 1;

export type ExportHead = Readonly<{ person: string; exportedAt: Instant }>;

type Json = Readonly<Record<string, unknown>>;

const day = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

const episodeJson = ({ season, number, title, ids }: ExportedEpisode): Json => ({
  season,
  episode: number,
  ...(title !== undefined && { title }),
  ids,
});
const ratingJson = ({ value, at }: ExportedRating): Json => ({ value, at: day(at) });
const watchJson = ({ at, episode }: ExportedWatch): Json => ({ ...(episode && episodeJson(episode)), at: day(at) });
const standingJson = ({ episode, watched, at, position }: ExportedStanding): Json => ({
  ...(episode && episodeJson(episode)),
  watched,
  at: day(at),
  ...(position && { position: { ms: position.ms, at: day(position.at) } }),
});

const playbackJson = ({ episode, percent, at }: ExportedPlayback): Json => ({
  ...(episode && episodeJson(episode)),
  percent,
  at: day(at),
});

/** One title, as it stands in the document. */
export const recordJson = ({ title, watches, standings, playbacks = [], list, rating, memo }: ExportedRecord): Json => ({
  ...title,
  ...(list && { list: { name: list.name, since: day(list.at) } }),
  ...(rating && { rating: ratingJson(rating) }),
  ...(memo && { memo: { text: memo.text, private: memo.isPrivate } }),
  ...(watches.length > 0 && { watches: watches.map(watchJson) }),
  ...(standings.length > 0 && { standings: standings.map(standingJson) }),
  ...(playbacks.length > 0 && { playbacks: playbacks.map(playbackJson) }),
});

/** The document in parts, a title a line: a whole history need not be in memory. */
export async function* writeJson(head: ExportHead, records: AsyncIterable<ExportedRecord>): AsyncGenerator<string, void, undefined> {
  const opening = { format: FORMAT, version: VERSION, person: head.person, exported_at: toIso(head.exportedAt) };
  yield `${JSON.stringify(opening).slice(0, -1)},"titles":[`;
  let first = true;
  for await (const record of records) {
    yield `${first ? '' : ','}\n${JSON.stringify(recordJson(record))}`;
    first = false;
  }
  yield '\n]}\n';
}

const documentIn = ({ text }: ExportedFile): Readonly<Record<string, unknown>> | undefined => {
  if (!text.slice(0, 100).includes(FORMAT)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.format === FORMAT ? value : undefined;
  } catch {
    return undefined;
  }
};

export const ownJson: HistoryFileReader = {
  format: 'usherr-json',
  title: 'Usherr (JSON)',
  recognises: (files) => files.some(({ text }) => text.slice(0, 100).includes(`"${FORMAT}"`)),
  read(files): ExportedHistory {
    const records: ExportedRecord[] = [];
    const leftOut: LeftOut[] = [];
    const unread: string[] = [];
    for (const file of files) {
      const document = documentIn(file);
      if (document === undefined) {
        unread.push(file.name);
        continue;
      }
      if (document.version !== VERSION)
        throw new AppError('invalid', `${file.name} is of version ${String(document.version)}, and this house reads version ${VERSION}.`, {
          details: { field: file.name },
        });
      const titles: readonly unknown[] = Array.isArray(document.titles) ? document.titles : [];
      for (const [index, raw] of titles.entries()) {
        const place = `${file.name}, title ${index + 1}`;
        const record = recordIn(raw, place, (reason) => leftOut.push({ place, reason }));
        if (record) records.push(record);
      }
    }
    if (records.length === 0 && unread.length === files.length)
      throw new AppError('invalid', 'None of these files is a whole history of Usherr.', { details: { field: 'file' } });
    return { records, leftOut, unread };
  },
};
