import { AppError, isAppError } from '#kernel/app-error.ts';
import type { UpstreamImage } from './media-server.port.ts';

/** No picture of a title is larger than this; what is, is not read. */
export const MOST_IMAGE_BYTES = 16 * 1_048_576;

/** The part of an HTTP answer that makes an image. */
type Answer = Readonly<{ headers: Readonly<Record<string, string>>; body: Buffer }>;

/** What a server sent as a picture. Undefined where it has none; `upstream-unreadable` where it is something else, such as a page. */
export async function imageOf(name: string, ask: () => Promise<Answer>): Promise<UpstreamImage | undefined> {
  const answer = await ask().catch((cause: unknown) => {
    if (isAppError(cause, 'upstream-not-found')) return undefined;
    throw cause;
  });
  if (answer === undefined || answer.body.length === 0) return undefined;
  const type = answer.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  // A drawing may hold scripts: it is not passed on.
  if (!/^image\/(jpeg|png|webp|gif|avif|bmp)$/.test(type))
    throw new AppError('upstream-unreadable', `${name} sent no picture where one was asked for.`);
  const modifiedAt = Date.parse(answer.headers['last-modified'] ?? '');
  return { body: answer.body, type, ...(Number.isFinite(modifiedAt) && { modifiedAt }) };
}
