import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';

export type Output = Readonly<{ kind: 'output'; from: 'out' | 'err'; text: string }>;

/** What a program says, as it says it, until it has ended. The signal ends it. While nobody takes what came, it has to wait. */
export async function* outputOf(child: ChildProcess, signal: AbortSignal): AsyncGenerator<Output> {
  const waiting: Output[] = [];
  let wake = (): void => undefined;
  let fault: Error | undefined;
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  for (const [from, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    const decoder = new StringDecoder('utf8');
    stream?.on('data', (chunk: Buffer) => {
      waiting.push({ kind: 'output', from, text: decoder.write(chunk) });
      stream.pause();
      wake();
    });
  }
  child.once('error', (error) => {
    fault = error;
    wake();
  });
  let closed = false;
  const ended = once(child, 'close').then(
    () => undefined,
    () => undefined,
  );
  void ended.then(() => {
    closed = true;
    wake();
  });
  try {
    while (!closed || waiting.length > 0) {
      const next = waiting.shift();
      if (next !== undefined) {
        if (next.text !== '') yield next;
        child.stdout?.resume();
        child.stderr?.resume();
        continue;
      }
      if (fault) {
        yield { kind: 'output', from: 'err', text: `The program cannot be started: ${fault.message}\n` };
        return;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (closed || waiting.length > 0 || fault) resolve();
      });
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}
