import { SingleBar } from 'cli-progress';

/** Where a command speaks. */
export type Terminal = Readonly<{
  /** What was asked for: lines of text, or JSON. */
  print(text: string): void;
  /** A part of a file that was asked for, as it is. */
  pass(part: Uint8Array): void;
  /** What only a person at a terminal wants to know. Nothing where the output is piped or JSON is wanted. */
  tell(text: string): void;
  table(rows: readonly Readonly<Record<string, string>>[], empty: string): void;
  json(value: unknown): void;
  /** Long work. Without a terminal there is no bar. */
  progress(title: string): ProgressView;
}>;

export type ProgressView = Readonly<{ show(done: number, total: number | null, text: string | null): void; end(): void }>;

export type TerminalDeps = Readonly<{
  out: Pick<NodeJS.WriteStream, 'write'> & Readonly<{ isTTY?: boolean }>;
  err: NodeJS.WriteStream;
  wantsJson(): boolean;
}>;

const SILENT: ProgressView = { show: () => undefined, end: () => undefined };
const FORMAT = '{title} [{bar}] {shown} {text}';

export function createTerminal({ out, err, wantsJson }: TerminalDeps): Terminal {
  const print = (text: string): void => void out.write(`${text}\n`);
  const pass = (part: Uint8Array): void => void out.write(part);
  const isWatched = (): boolean => err.isTTY === true && out.isTTY === true && !wantsJson();
  return {
    print,
    pass,
    tell: (text) => {
      if (isWatched()) err.write(`${text}\n`);
    },
    json: (value) => print(JSON.stringify(value, null, 2)),
    table(rows, empty) {
      const [first] = rows;
      if (!first) {
        if (isWatched()) err.write(`${empty}\n`);
        return;
      }
      const columns = Object.keys(first);
      const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length)));
      const line = (cells: readonly string[]): string =>
        cells
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd();
      print(line(columns.map((name) => name.toUpperCase())));
      for (const row of rows) print(line(columns.map((name) => row[name] ?? '')));
    },
    progress(title) {
      if (!isWatched()) return SILENT;
      const bar = new SingleBar({ format: FORMAT, stream: err, hideCursor: true, clearOnComplete: true, linewrap: false });
      bar.start(1, 0, { title, shown: '', text: '' });
      return {
        show(done, total, text) {
          bar.setTotal(Math.max(total ?? 0, done, 1));
          bar.update(done, { title, shown: total === null ? String(done) : `${done}/${total}`, text: text ?? '' });
        },
        end: () => bar.stop(),
      };
    },
  };
}
