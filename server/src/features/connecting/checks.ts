import { AppError, type AppErrorCode, isAppError } from '#kernel/app-error.ts';

/** In this order; the first that fails ends the list, since what comes after it cannot be known. */
export type CheckName =
  | 'answers'
  | 'product'
  | 'key'
  | 'version'
  | 'rights'
  | 'user'
  | 'libraries'
  | 'watch-state'
  | 'requests'
  | 'notices';

/** `noted`: nothing stands in the way, and there is something to know. `asks`: something has to be chosen. `failed` stands in the way. */
export type Check = Readonly<{
  check: CheckName;
  state: 'passed' | 'noted' | 'asks' | 'failed';
  /** Of a failure: what kind it is. */
  code?: AppErrorCode;
  /** What was found, for people. */
  message: string;
  /** What the message counts or names, for whoever words it anew. */
  facts?: Facts;
}>;

type Facts = Readonly<Record<string, string | number>>;

/**
 * `ready`: may be saved. `asks`: may be saved once a user is chosen. `silent`: nothing answers there; it may be saved to be asked again later.
 * `refused`: may not be saved as it is.
 */
export type Verdict = 'ready' | 'asks' | 'silent' | 'refused';

export type CheckReport = Readonly<{
  verdict: Verdict;
  checks: readonly Check[];
  /** Who answered, as far as it was found out. */
  server: Readonly<{ uuid: string; name: string; version: string }> | undefined;
  users: readonly Readonly<{ id: string; name: string; admin: boolean }>[];
  /** Whose account it would be, where that is clear. */
  user: Readonly<{ id: string; name: string }> | undefined;
  libraries: readonly Readonly<{ id: string; name: string; kind: string; read: boolean }>[];
}>;

export type Findings = Partial<Omit<CheckReport, 'verdict' | 'checks'>>;

/** Nothing was said, or not in time, or by a server that is ill: later it may say something else. */
export const isSilence = (error: unknown): boolean =>
  isAppError(error, 'upstream-unreachable', 'upstream-timeout', 'upstream-rate-limited') ||
  (isAppError(error, 'upstream-rejected') && Number(error.details.status) >= 500);

/** The server answered, and does not let this key do it. */
export const isRefusal = (error: unknown): boolean =>
  isAppError(error, 'upstream-unauthorized', 'upstream-forbidden', 'upstream-not-found');

/** What another server answers, or its fault. A bug is thrown. */
export async function attempt<T>(asked: Promise<T>): Promise<Readonly<{ value: T; fault?: never } | { value?: never; fault: AppError }>> {
  try {
    return { value: await asked };
  } catch (error) {
    if (error instanceof AppError) return { fault: error };
    throw error;
  }
}

export type Notebook = ReturnType<typeof openNotebook>;

/** Checks as they are made. Each verb answers whether to go on. */
export function openNotebook() {
  const checks: Check[] = [];
  const note = (check: CheckName, state: Check['state'], message: string, facts: Facts | undefined): void =>
    void checks.push({ check, state, message, ...(facts && { facts }) });
  return {
    passed(check: CheckName, message: string, facts?: Facts): true {
      note(check, 'passed', message, facts);
      return true;
    },
    noted(check: CheckName, message: string, facts?: Facts): true {
      note(check, 'noted', message, facts);
      return true;
    },
    asks(check: CheckName, message: string, facts?: Facts): false {
      note(check, 'asks', message, facts);
      return false;
    },
    refused(check: CheckName, code: AppErrorCode, message: string, facts?: Facts): false {
      checks.push({ check, state: 'failed', code, message, ...(facts && { facts }) });
      return false;
    },
    failed(check: CheckName, fault: AppError): false {
      checks.push({ check, state: 'failed', code: fault.code, message: fault.message });
      return false;
    },
    report: (found: Findings): CheckReport => ({
      verdict: verdictOf(checks),
      checks,
      server: found.server,
      users: found.users ?? [],
      user: found.user,
      libraries: found.libraries ?? [],
    }),
  };
}

function verdictOf(checks: readonly Check[]): Verdict {
  const failed = checks.find(({ state }) => state === 'failed');
  if (failed) return failed.check === 'answers' ? 'silent' : 'refused';
  return checks.some(({ state }) => state === 'asks') ? 'asks' : 'ready';
}
