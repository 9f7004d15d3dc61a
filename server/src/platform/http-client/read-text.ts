import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';

/** A body as it came. Its pieces are put together when somebody first asks for the whole: whoever knows it by its digest never does. */
export type ReadBody = Readonly<{ bytes: number /** SHA-256, in hexadecimal. */; digest(): string; whole(): Buffer }>;

/** The whole body, or `too-large` as soon as more than `maxBytes` are announced or came. */
export async function readBody(
  body: Dispatcher.ResponseData['body'],
  announced: string | undefined,
  maxBytes: number,
): Promise<ReadBody | 'too-large'> {
  if (announced !== undefined && Number(announced) > maxBytes) {
    discard(body);
    return 'too-large';
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const outcome = await new Promise<'whole' | 'too-large'>((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        resolve('too-large');
        body.destroy();
      } else chunks.push(chunk);
    });
    body.on('end', () => resolve('whole'));
    body.on('error', reject);
  });
  if (outcome === 'too-large') return outcome;
  return bodyOf(chunks, bytes);
}

function bodyOf(chunks: Buffer[], bytes: number): ReadBody {
  return {
    bytes,
    digest() {
      const sum = createHash('sha256');
      for (const chunk of chunks) sum.update(chunk);
      return sum.digest('hex');
    },
    whole() {
      const [first] = chunks;
      if (chunks.length === 1 && first !== undefined) return first;
      const whole = Buffer.concat(chunks, bytes);
      chunks.splice(0, chunks.length, whole);
      return whole;
    },
  };
}

/** Without the mark that some servers put before their UTF-8. */
export function textOf(body: Buffer): string {
  const text = body.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Lets go of a body that nobody reads. Its own failure has nobody left to tell. */
export function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined);
  body.destroy();
}
