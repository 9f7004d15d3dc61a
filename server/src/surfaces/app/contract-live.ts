import { type Static, Type } from 'typebox';
import { TOPICS } from '#features/live/index.ts';
import { Count, OneOf, OrNull, Text, Time } from './contract-words.ts';

const Topics = OneOf(TOPICS);

/** The data of a `job` event: work as it goes. */
export const JobMoved = Type.Object({
  id: Type.String(),
  name: Type.String(),
  task: OrNull(Type.String({ description: 'The task that it is a run of' })),
  person: OrNull(Type.String()),
  lane: Type.String(),
  state: OneOf(['pending', 'running', 'completed', 'failed', 'cancelled', 'gone']),
  done: OrNull(Type.Number()),
  total: OrNull(Type.Number()),
  text: OrNull(Type.String({ description: 'What it is at' })),
  rate: OrNull(Type.Number({ description: 'Of what is counted, in a second' })),
  left_ms: OrNull(Count),
  started_at: OrNull(Time),
  finished_at: OrNull(Time),
  error: OrNull(Type.Object({ code: Type.String(), message: Type.String() })),
  keeps: OneOf(['what-was-done', 'whole-files', 'nothing-changes', 'all-again'], {}),
});
export type JobMoved = Static<typeof JobMoved>;

/** The data of a `changed` event. */
export const Changed = Type.Object({ topics: Type.Array(Topics) });
export type Changed = Static<typeof Changed>;

export const StreamQuery = Type.Object({ after: Type.Optional(Text(100)) });

export const LiveEvents = Type.Object(
  { job: JobMoved, changed: Changed, ready: Type.Object({ resumed: Type.Boolean() }), reload: Type.Object({}) },
  { description: 'A stream of events, open until either side ends it. Members are what an event of that name carries' },
);
