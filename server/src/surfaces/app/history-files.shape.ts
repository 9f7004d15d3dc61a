import { type Static, Type } from 'typebox';
import { Count, OneOf, PersonQuery } from './contract-words.ts';

export const HistoryExportQuery = Type.Object({
  ...PersonQuery,
  format: OneOf(['json', 'csv'], { default: 'json' }),
});

export const HistoryReport = Type.Object({
  format: Type.String(),
  service: Type.String({ description: 'Whose export it is, in words' }),
  applied: Type.Boolean(),
  upload: Type.String(),
  titles: Count,
  there: Type.Integer({ minimum: 0, description: 'Titles of which nothing new is told' }),
  plays: Count,
  marks: Type.Integer({ minimum: 0, description: 'Movies and episodes that were not watched before' }),
  positions: Count,
  lists: Count,
  ratings: Count,
  memos: Count,
  unasked: Type.Integer({
    minimum: 0,
    description: 'Titles that were taken or left without asking the source of metadata: the file has too many',
  }),
  left_total: Count,
  left: Type.Array(Type.Object({ title: Type.String(), place: Type.String(), reason: Type.String() }), {
    description: 'What was left out or kept as it is here, at most a thousand',
  }),
  unread: Type.Array(Type.String(), { description: 'Files in which nothing was looked for' }),
});
export type HistoryReport = Static<typeof HistoryReport>;

export const HistoryFormats = Type.Array(Type.Object({ format: Type.String(), title: Type.String() }));
