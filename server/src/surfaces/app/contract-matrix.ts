import { Type } from 'typebox';
import { RequestShown, StandingShown } from './contract-requests.ts';
import { Count, OneOf, OrNull, PageQuery, PersonQuery } from './contract-words.ts';

const { subordinate: _label, ...standing } = StandingShown.properties;
const Cell = Type.Object({ desk_id: Type.Integer(), ...standing, attempts: Count });
export const MatrixRow = Type.Object({ ...RequestShown.properties, cells: Type.Array(Cell) });

const desk = { id: Type.Integer(), name: Type.String(), health: OneOf(['unknown', 'ok', 'degraded']) };
export const RequestMatrix = Type.Object({
  primary: OrNull(Type.Object(desk)),
  subordinates: Type.Array(
    Type.Object({ ...desk, label: OrNull(Type.String({ description: 'As retrying and drift name it; for those who run the house' })) }),
  ),
  items: Type.Array(MatrixRow),
  total: Count,
  needs_look: Count,
  page: Type.Integer(),
  per_page: Type.Integer(),
});
export const MatrixQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  kind: Type.Optional(OneOf(['movie', 'tv'])),
  gone: Type.Boolean({ default: false, description: 'Also those that are gone' }),
  needs_look: Type.Boolean({ default: false, description: 'Only those that were tried in vain somewhere, or of which nobody can tell' }),
});
