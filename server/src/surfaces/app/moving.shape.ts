import { type Static, Type } from 'typebox';
import { Count, OneOf, PersonQuery, strict, Text, Time } from './contract-words.ts';

export const MoveWish = Type.Object(
  {
    program: Text(32),
    folder: Type.String({ minLength: 1, maxLength: 4_000, description: 'The whole path of a folder where the server runs' }),
    apply: Type.Optional(Type.Boolean({ description: 'Absent: shown, and nothing changed' })),
  },
  strict,
);
export const RestoreWish = Type.Object(
  {
    file: Type.String({
      minLength: 1,
      maxLength: 4_000,
      description: 'The name of a backup, or the whole path of one where the server runs',
    }),
    apply: Type.Optional(Type.Boolean({ description: 'Absent: shown, and nothing changed' })),
    ...PersonQuery,
  },
  strict,
);
const Taken = Type.Object({ taken: Count, there: Count, refused: Count });
export const MovingReport = Type.Object({
  program: Type.Optional(Type.String()),
  folder: Type.Optional(Type.String()),
  file: Type.Optional(Type.String()),
  applied: Type.Boolean(),
  copy: Type.Optional(Type.String({ description: 'Where the database was copied to before' })),
  people: Type.Array(
    Type.Object({
      name: Type.String(),
      is: OneOf(['new', 'there']),
      backends: Type.Array(
        Type.Object({
          name: Type.String(),
          type: Type.String(),
          is: OneOf(['new', 'there', 'refused']),
          known_as: Type.Optional(Type.String()),
          reason: Type.Optional(Type.String()),
          items: Taken,
        }),
      ),
      ignore_rules: Taken,
      history: Type.Object({ records: Count, taken: Count, changed: Count, there: Count, refused: Count }),
    }),
  ),
  custom_ids: Taken,
  suppressions: Taken,
  mapping: Taken,
  backups: Taken,
  left: Type.Array(Type.Object({ kind: Type.String(), reason: Type.String(), count: Count, examples: Type.Array(Type.String()) }), {
    description: 'Parts that were left out of what was taken',
  }),
  reasons: Type.Record(Type.String(), Count, { description: 'What was not taken, counted by reason' }),
  refused: Type.Array(
    Type.Object({ person: Type.Optional(Type.String()), kind: Type.String(), what: Type.String(), reason: Type.String() }),
    { description: 'Everything that was not taken' },
  ),
});
export type MovingReport = Static<typeof MovingReport>;

export const Backup = Type.Object({ name: Type.String(), automatic: Type.Boolean(), size: Count, at: Time });
export type Backup = Static<typeof Backup>;
