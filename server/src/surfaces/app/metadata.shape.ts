import { type Static, Type } from 'typebox';
import { Count, OneOf, OrNull, strict, Text, Time } from './contract-words.ts';

export const MetadataState = Type.Object({
  source: Type.String(),
  has_key: Type.Boolean(),
  calls_today: Count,
  calls_a_day: Count,
  due: Type.Integer({ minimum: 0, description: 'Titles that somebody tracks and that are to be asked about' }),
  titles: Type.Object({ told: Count, unknown: Count, doubtful: Count, no_ids: Count, failed: Count }),
  failed: Type.Array(Type.Object({ media_id: Type.Integer(), title: Type.String(), fault: Type.String(), retry_at: Time })),
});
export type MetadataState = Static<typeof MetadataState>;

export const KeyProven = Type.Object({ accepted: Type.Literal(true) });

const MOST_CHARACTERS = 60_000_000;
export const MappingWish = Type.Object(
  {
    content: Type.String({
      minLength: 1,
      maxLength: MOST_CHARACTERS,
      description: 'The whole file: the XML of Anime-Lists, or the JSON of Fribb/anime-lists',
    }),
    apply: Type.Optional(Type.Boolean({ description: 'Absent: shown, and nothing changed' })),
  },
  strict,
);
/** What the job of an import answers. */
export const MappingReport = Type.Object({
  applied: Type.Boolean(),
  format: Type.String(),
  entries: Count,
  placed: Type.Integer({ description: 'Entries that say where episodes of theirs are by TVDB' }),
  spans: Count,
  ids: Type.Record(Type.String(), Count),
  added: Count,
  removed: Count,
  changed: Count,
  unchanged: Type.Boolean({ description: 'The same as what is loaded: nothing to write' }),
});
export type MappingReport = Static<typeof MappingReport>;

export const LoadedMapping = Type.Object({ format: Type.String(), entries: Count, spans: Count, imported_at: Time });
export type LoadedMapping = Static<typeof LoadedMapping>;

const Episode = Type.Integer({ minimum: 1, maximum: 100_000 });
export const CoordinateQuery = Type.Object(
  {
    provider: OneOf(['anidb', 'mal', 'anilist', 'kitsu', 'simkl', 'tvdb']),
    id: Text(20),
    season: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000, description: 'Of TVDB; 1 where absent' })),
    number: Episode,
    special: Type.Optional(Type.Boolean({ description: 'A native special' })),
  },
  strict,
);
export const CoordinatesShown = Type.Object({
  outcome: OneOf(['mapped', 'unmapped', 'no-mapping']),
  places: Type.Array(
    Type.Object({
      tvdb: OrNull(Type.String()),
      ids: Type.Record(Type.String(), Type.String()),
      title: OrNull(Type.String()),
      season: OrNull(Type.Integer()),
      number: Type.Integer(),
      special: Type.Boolean(),
    }),
  ),
});
