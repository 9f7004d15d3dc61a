import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';
import { answerOf } from '../simkl.errors.ts';
import { html } from './markup.ts';
import { sendPage } from './page.ts';

/** An error as somebody sees it who was sent here by an app. A bug is logged, and its text stays here. */
export function pageError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const { word, status } = known ? answerOf(known) : { word: 'internal', status: 500 };
  if (status >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  const message = known?.message ?? `Something went wrong here. The log has more under ${request.id}.`;
  const body = html`<p class="fault" role="alert">${message}</p>
<p class="note">For whoever made the app: <code>${word}</code></p>`;
  return sendPage(reply, { title: 'This does not work', body, status });
}
