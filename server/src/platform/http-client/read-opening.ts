import type { Dispatcher } from 'undici';
import { discard } from './read-text.ts';

/** The opening of a body as text, at most `maxBytes` of it. A body that breaks off gives what came: it explains a fault that is known. */
export async function readOpening(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= maxBytes) break;
    }
  } catch {
    // What came is all that there is.
  } finally {
    discard(body);
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}
