import type { Actor } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';

export type Note = (
  actor: Actor,
  what: Readonly<{ verb: string; subject: string; detail?: JsonObject; person?: PersonId | undefined }>,
) => Promise<void>;

/** Writes down what a call of this surface did, once it has done it. */
export const createNote =
  (activity: Pick<Activity, 'record'>): Note =>
  ({ kind, id, name }, { verb, subject, detail, person }) =>
    activity.record({
      actor: { kind, id, name },
      verb,
      subject,
      ...(detail && { detail }),
      ...(person !== undefined && { personId: person }),
    });
