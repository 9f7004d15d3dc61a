import { AppError, invalid } from '#kernel/app-error.ts';

/** For a `catch`: the rooms name what is at fault in their words, and whoever called sent ours. */
export const inOurWords =
  (names: Readonly<Record<string, string>>) =>
  (cause: unknown): never => {
    const [fault] = cause instanceof AppError ? cause.faults : [];
    const name = fault && Object.hasOwn(names, fault.field) ? names[fault.field] : undefined;
    throw fault && name !== undefined ? invalid(name, fault.message, cause) : cause;
  };
