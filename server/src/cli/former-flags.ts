import { type Command, Option } from 'commander';
import { commaList } from '#kernel/comma-list.ts';

/** Lets a command under WatchState's name take the flags that it has there, as scripts write them: `-v`, `--user`, `--timeout 300`. */
export const takingFormerFlags = (command: Command): Command =>
  command.allowUnknownOption().addOption(new Option('--user <name>').hideHelp());

/** What stands before the first flag that is not known here, and all from it on: the server knows which of those mean something. */
export function partFormerFlags(words: readonly string[]): Readonly<{ named: readonly string[]; flags: readonly string[] }> {
  const first = words.findIndex((word) => word.startsWith('-'));
  const at = first < 0 ? words.length : first;
  return { named: words.slice(0, at), flags: words.slice(at) };
}

/** For an option that may be given again, or once with commas. */
export const gathered = (names: string, former: readonly string[]): readonly string[] => [...former, ...commaList(names)];
