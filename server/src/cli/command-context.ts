import type { ApiClient } from './api-client.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with. */
export type CommandContext = Readonly<{
  /** Made at the first call: commands that need no server need no key. */
  api(): ApiClient;
  terminal: Terminal;
  wantsJson(): boolean;
  pause(ms: number): Promise<void>;
  /** A password: from the first line of the input where it is piped, else typed unseen. */
  askSecret(prompt: string): Promise<string>;
  /** On the host, past the server. Ends every session of the login. */
  resetPassword(username: string, password: string): Promise<void>;
}>;

export const orDash = (value: string | number | null | undefined): string =>
  value === null || value === undefined || value === '' ? '-' : String(value);
export const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
/** `2026-03-28 12:00:00` in the zone of this process, as a table has room for. */
export const day = (iso: string | null): string => (iso === null ? '-' : LOCAL.format(new Date(iso)));
/** The Swedes write dates as ISO does. */
const LOCAL = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** Ends a command that changed something: JSON for programs, a sentence for people. */
export function done({ wantsJson, terminal }: Pick<CommandContext, 'wantsJson' | 'terminal'>, told: object, sentence: string): void {
  if (wantsJson()) terminal.json(told);
  else terminal.print(sentence);
}
