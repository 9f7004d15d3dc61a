import { Type } from 'typebox';
import { DECISION_KINDS } from '#features/home/index.ts';
import { Count, OneOf, OrNull, Time } from './contract-words.ts';

const Values = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));

export const HomeView = Type.Object({
  decisions: Type.Array(
    Type.Object({
      kind: OneOf(DECISION_KINDS),
      id: Type.String({ description: 'Unique within its kind' }),
      since: Time,
      subject: Type.String(),
      values: Values,
      person: OrNull(Type.String()),
    }),
  ),
  totals: Type.Record(Type.String(), Count),
  capabilities: Type.Array(
    Type.Object({
      id: Type.String(),
      on: Type.Boolean(),
      last: OrNull(
        Type.Object({
          at: Time,
          took_ms: OrNull(Count),
          state: Type.String(),
          error: OrNull(Type.String()),
          job_id: OrNull(Type.String()),
          counts: Values,
        }),
      ),
      open: Count,
      next: OrNull(Time),
    }),
  ),
  sources: Type.Array(
    Type.Object({
      kind: Type.String(),
      name: Type.String(),
      person: OrNull(Type.String()),
      state: OneOf(['known', 'unknown', 'refused', 'new', 'off']),
      known_at: OrNull(Time),
      trouble: OrNull(Type.Object({ at: Time, message: Type.String() })),
    }),
  ),
  unreadable: Type.Array(Type.Object({ part: Type.String(), message: Type.String() })),
});
