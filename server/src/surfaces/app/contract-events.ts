import { Type } from 'typebox';
import { Anything, Count, OneOf, OrNull, PageQuery, strict, Text, Time } from './contract-words.ts';

const event = { id: Type.Integer(), topic: Type.String(), payload: Anything, at: Time };
export const EventShown = Type.Object({
  ...event,
  waiting: Type.Array(Type.String(), { description: 'The parts of the house that have not taken it yet' }),
});
export const EventsQuery = Type.Object({ ...PageQuery, topic: Type.Optional(Text(100)) });
export const DeadLetter = Type.Object({ ...event, subscriber: Type.String(), attempts: Count, error: Type.String() });
export const LetterWish = Type.Object(
  { subscriber: Text(100), event: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
  strict,
);

const State = OneOf(['intended', 'confirmed', 'failed', 'unconfirmed']);
export const ChangeMade = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  target: Type.String(),
  subject: Type.String(),
  before: Anything,
  wanted: Anything,
  state: State,
  outcome: Anything,
  created_at: Time,
  finished_at: OrNull(Time),
});
export const ChangesQuery = Type.Object({
  ...PageQuery,
  state: Type.Optional(Type.Array(State, { maxItems: 4 })),
  target: Type.Optional(Text(200)),
  subject: Type.Optional(Text(500)),
});
