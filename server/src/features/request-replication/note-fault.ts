import type { Desks } from '#core/requests/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { DeskId } from '#kernel/ids.ts';

/** Keeps a fault with its desk. A key that was refused, or may not do what it could do before, is proven anew before anything else is asked. */
export async function noteFault(desks: Pick<Desks, 'noteFault' | 'noteUnproven'>, desk: DeskId, error: AppError): Promise<void> {
  await desks.noteFault(desk, error);
  if (isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) await desks.noteUnproven(desk);
}
