import type { FieldFault } from '#kernel/app-error.ts';
import { type Desk, labelOf } from './desk.ts';

export type RuledDesk = Pick<Desk, 'place' | 'name' | 'label' | 'url' | 'hasKey' | 'role'>;

/**
 * What is wrong with the desks as a whole, every fault named by the label of its desk. Desks whose role is disabled are left out. Pure.
 * That there is no subordinate is no fault: the primary is read all the same.
 */
export function deskFaults(desks: readonly RuledDesk[]): readonly FieldFault[] {
  const used = desks.filter((desk) => desk.role !== 'disabled');
  return [...primaryFaults(used), ...used.flatMap(ownFaults), ...twins(used)];
}

function primaryFaults(used: readonly RuledDesk[]): readonly FieldFault[] {
  const primaries = used.filter((desk) => desk.role === 'primary');
  const [first, ...others] = primaries;
  if (first === undefined) {
    if (used.length === 0) return [];
    return [{ field: 'primary', message: 'is missing: give one desk the role primary, or none a role' }];
  }
  return others.map((desk) => ({
    field: `${labelOf(desk)}.role`,
    message:
      desk.place === first.place
        ? `there can be one primary, and ${labelOf(first)} is one already`
        : `an internal and an external desk cannot both be the primary, and ${labelOf(first)} is one already`,
  }));
}

function ownFaults(desk: RuledDesk): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (desk.url === '') faults.push({ field: `${labelOf(desk)}.url`, message: 'is missing' });
  if (!desk.hasKey) faults.push({ field: `${labelOf(desk)}.api_key`, message: 'is missing' });
  return faults;
}

/** Two desks at one address would be told everything twice, or by themselves; two of one label could not be told apart. */
function twins(used: readonly RuledDesk[]): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  used.forEach((desk, index) => {
    const before = used.slice(0, index);
    const sameUrl = before.find((other) => other.url !== '' && other.url === desk.url);
    if (sameUrl) {
      faults.push({ field: `${labelOf(desk)}.url`, message: `is the address of ${describe(sameUrl)} too` });
      return;
    }
    const sameLabel = before.find((other) => labelOf(other) === labelOf(desk));
    if (sameLabel) faults.push({ field: `${labelOf(desk)}.label`, message: `is the label of ${describe(sameLabel)} too` });
  });
  return faults;
}

const describe = (desk: RuledDesk): string => `the ${desk.role} ${desk.name}`;
