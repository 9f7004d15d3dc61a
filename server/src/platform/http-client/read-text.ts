import type { Dispatcher } from 'undici';

/** The whole body, or `too-large` as soon as more than `maxBytes` are announced or came. */
export async function readBody(
  body: Dispatcher.ResponseData['body'],
  announced: string | undefined,
  maxBytes: number,
): Promise<Buffer | 'too-large'> {
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
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes);
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
