import { Type } from 'typebox';
import { Medium } from './contract-media.ts';
import { Count, OrNull, PageQuery, PersonQuery, strict, Text } from './contract-words.ts';

const told = {
  title: Medium,
  watched: Type.Boolean(),
  places: Type.Array(Type.String({ description: 'The accounts that tell of it' })),
  paths: Type.Array(Type.String()),
};
export const Duplicate = Type.Object({ ...told, others: Type.Array(Type.Integer({ description: 'Titles that share a file with it' })) });
export const Parity = Type.Object({ ...told, missing: Type.Array(Type.String({ description: 'The accounts that do not' })) });
export const Broken = Type.Object({
  ...told,
  faults: Type.Array(Type.Object({ place: Type.String(), path: Type.String(), message: Type.String() })),
});

const item = {
  upstream_id: Type.String(),
  title: Type.String(),
  year: OrNull(Type.Integer()),
  kind: Type.String(),
  path: OrNull(Type.String()),
};
export const Unmatched = Type.Object(item);
export const Mismatch = Type.Object({
  ...item,
  percent: Type.Number({ description: 'How alike the name of the title and of its file are' }),
});
export const LibraryShown = Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), supported: Type.Boolean() });

const anew = Type.Boolean({ default: false, description: 'Look again, whatever is kept' });
export const DiagnosisQuery = Type.Object({ ...PageQuery, ...PersonQuery, anew });
export const ParityQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  min: Type.Integer({ minimum: 0, maximum: 1_000, default: 0, description: '0: as many as there are' }),
});
export const PersonOnly = Type.Object(PersonQuery, strict);
export const ParityWish = Type.Object({ ...PersonQuery, min: Type.Integer({ minimum: 1, maximum: 1_000 }) }, strict);
export const Mended = Type.Object({ changed: Count });
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const InLibrary = Type.Object({ id: Id });
export const LibraryParams = Type.Object({ id: Id, library: Text(200) });
export const LibraryQuery = Type.Object({ library: Type.Optional(Text(200)) });
export const MismatchQuery = Type.Object({
  library: Type.Optional(Text(200)),
  below: Type.Number({ minimum: 1, maximum: 100, default: 50, description: 'Percent' }),
});
export const MediaWish = Type.Object({ media: Type.Array(Id, { minItems: 1, maxItems: 1_000 }) }, strict);
