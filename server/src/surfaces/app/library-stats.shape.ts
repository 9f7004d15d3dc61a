import { Type } from 'typebox';
import { Medium } from './contract-media.ts';
import { Count, OneOf, OrNull, PageQuery, PersonQuery, Text, Time } from './contract-words.ts';

export const DiaryQuery = Type.Object({ ...PageQuery, ...PersonQuery, from: Type.Optional(Text(40)), until: Type.Optional(Text(40)) });
export const DiaryPlay = Type.Object({
  id: Type.Integer(),
  title: Medium,
  at: Time,
  account: OrNull(Type.String({ description: 'The name of the account that told of it first' })),
  how: OrNull(Type.String()),
  event: OrNull(Type.String()),
});

const ListStats = Type.Object({
  count: Count,
  minutes: Count,
  watched: Count,
  total: Count,
  left: Type.Integer({ minimum: 0, description: 'Episodes that are out and not watched' }),
  left_minutes: Count,
});
const ShelfStats = Type.Object({
  minutes: Count,
  week_minutes: Type.Integer({ minimum: 0, description: 'Of the last seven days' }),
  lists: Type.Object({ watching: ListStats, plantowatch: ListStats, hold: ListStats, completed: ListStats, dropped: ListStats }),
});
export const StatsShown = Type.Object({ movies: ShelfStats, shows: ShelfStats, anime: ShelfStats });

const Step = OneOf(['day', 'month', 'year']);
const MOST_STEPS = 400;
export const ChartQuery = Type.Object({
  ...PersonQuery,
  step: OneOf(['day', 'month', 'year'], { default: 'month' }),
  count: Type.Integer({ minimum: 1, maximum: MOST_STEPS, default: 12 }),
  zone: Type.String({ minLength: 1, maxLength: 64, default: 'UTC', description: 'Such as Europe/Berlin' }),
});
const Sum = Type.Object({ plays: Count, minutes: Count });
export const ChartShown = Type.Object({
  step: Step,
  zone: Type.String(),
  steps: Type.Array(
    Type.Object({ name: Type.String({ description: 'Such as 2026-11-26, 2026-11 or 2026' }), movies: Sum, shows: Sum, anime: Sum }),
  ),
});
