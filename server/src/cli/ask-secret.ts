import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '#kernel/app-error.ts';

export type SecretSource = Readonly<{ input: NodeJS.ReadStream; prompt: Pick<NodeJS.WriteStream, 'write'> }>;

const silence = (): Writable =>
  new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });

/** A line that nobody sees being typed; the first line of the input where that is no terminal. */
export async function askSecret({ input, prompt }: SecretSource, question: string): Promise<string> {
  const typed = input.isTTY === true;
  if (typed) prompt.write(question);
  const lines = createInterface({ input, output: silence(), terminal: typed });
  try {
    for await (const line of lines) return refuseEmpty(line);
    return refuseEmpty('');
  } finally {
    lines.close();
    if (typed) prompt.write('\n');
  }
}

function refuseEmpty(secret: string): string {
  if (secret.trim() === '') throw new AppError('invalid', 'Nothing was given.');
  return secret;
}
