import { AppError, type FieldFault } from '#kernel/app-error.ts';

const NAME = /^[a-z0-9_]+$/;
const LONGEST_NAME = 64;

/** Throws one `invalid` with all faults, or nothing. */
export function refuseFaults(found: readonly (FieldFault | undefined)[]): void {
  const faults = found.filter((fault) => fault !== undefined);
  if (faults.length === 0) return;
  throw new AppError('invalid', `${faults.map((fault) => `${fault.field}: ${fault.message}`).join('; ')}.`, { faults });
}

export function nameFault(name: string | undefined): FieldFault | undefined {
  if (!name) return { field: 'name', message: 'is missing' };
  if (name.length > LONGEST_NAME) return { field: 'name', message: `must not be longer than ${LONGEST_NAME} characters` };
  return NAME.test(name) ? undefined : { field: 'name', message: 'must use lower-case letters, digits and underscores only' };
}

export function tokenFault(token: string | undefined): FieldFault | undefined {
  if (!token?.trim()) return { field: 'token', message: 'is missing' };
  // A line break would end the header that carries it.
  return /^[\x21-\x7e]+$/.test(token.trim())
    ? undefined
    : { field: 'token', message: 'must be one word of plain characters: copy it again' };
}

export function urlFault(url: string | undefined): FieldFault | undefined {
  if (!url?.trim()) return { field: 'url', message: 'is missing' };
  const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    return { field: 'url', message: 'must be an address such as http://192.168.1.5:8096' };
  }
  if (parsed.username || parsed.password) return { field: 'url', message: 'must not hold a user name or password' };
  return parsed.search || parsed.hash ? { field: 'url', message: 'must end with its path: nothing after a ? or #' } : undefined;
}

/** One spelling for one address, so that a server is not stored twice: lower-case host, no default port, no slash at the end. */
export const normalUrl = (url: string): string => new URL(url.trim()).href.replace(/\/+$/, '');
