import { Type } from 'typebox';
import { LOG_KINDS, LOG_LEVELS } from '#features/logs/index.ts';
import { Members, OneOf, OrNull, Text, Time } from './contract-words.ts';

const Level = OneOf(LOG_LEVELS);
const Kind = OneOf(LOG_KINDS);

export const LogLine = Type.Object({
  id: Type.String(),
  kind: Kind,
  at: OrNull(Time),
  level: Type.String(),
  room: OrNull(Type.String({ description: 'The room of the house that wrote it' })),
  text: Type.String(),
  fields: Members,
});

const filter = {
  level: Type.Optional(Level),
  kind: Type.Optional(Type.Array(Kind, { maxItems: 3, description: 'Default app and task. `access` has a line for each request' })),
  room: Type.Optional(Text(100)),
  text: Type.Optional(Text(200)),
};
export const LogQuery = Type.Object({
  ...filter,
  order: OneOf(['newest', 'oldest'], { default: 'newest' }),
  from: Type.Optional(Type.String({ maxLength: 40, description: 'The moment to begin at, ISO 8601' })),
  place: Type.Optional(Text(1_000)),
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 200 }),
});
export const LogStreamQuery = Type.Object({ ...filter, place: Type.Optional(Text(1_000)) });
export const LogAnswer = Type.Object({
  lines: Type.Array(LogLine),
  next: OrNull(Type.String({ description: 'To go on from, as `place`; null where there is nothing more' })),
  looked_to: OrNull(Time),
  follow_from: Type.String({ description: 'For GET /logs/stream: whoever follows from here misses nothing' }),
  days: Type.Array(Type.String({ description: 'YYYY-MM-DD' })),
});
export const LogEvents = Type.Object(
  { line: LogLine },
  { description: 'A stream of events, open until either side ends it. Members are what an event of that name carries' },
);
