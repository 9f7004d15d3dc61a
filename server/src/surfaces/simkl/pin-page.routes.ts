import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AskShown } from '#features/app-grants/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type ApprovalRoutesDeps, sentAway } from './approval.routes.ts';
import { ARRIVAL } from './arrival-words.ts';
import { memberText } from './lenient-requests.ts';
import { createApprovalSteps, type Subject } from './pages/approval-steps.ts';
import { codeBody } from './pages/approval-views.ts';
import { browserOf, requireOwnForm } from './pages/browser-mark.ts';
import { html } from './pages/markup.ts';
import { type Page, sendPage } from './pages/page.ts';
import { PIN_PAGE } from './paths.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';

const PAGES = [PIN_PAGE, `${PIN_PAGE}/:code`] as const;

export const OPEN_PIN_PAGES: readonly string[] = PAGES.flatMap((path) => [`GET ${path}`, `POST ${path}`]);

const GONE = 'No device waits with this code. It may have ended, or have been used: let the device show a new one.';

const letIn = (name: string, redirect: string | undefined): Page => ({
  title: `${name} was let in`,
  body: html`<p>Your device goes on by itself in a moment. You can close this page.</p>
${redirect === undefined ? undefined : html`<p><a href="${redirect}" rel="noreferrer">Go on to ${redirect}</a></p>`}`,
});

/** The page on which somebody types what a device shows. */
export function pinPageRoutes(app: SimklScope, { appGrants: { devices }, approvalDesk: desk }: ApprovalRoutesDeps): void {
  const steps = createApprovalSteps({ desk });

  function askCode(
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    fault?: Readonly<{ text: string; status: number }>,
  ): FastifyReply {
    const seal = desk.tickets.formSeal(browserOf(request, reply));
    return sendPage(reply, { title: 'Let a device in', body: codeBody({ seal }, code, fault?.text), status: fault?.status ?? 200 });
  }

  function subjectOf(code: string, asked: AskShown): Subject {
    const decision = { app: asked, scopes: asked.scopes };
    const gone = (): never => {
      throw new AppError('conflict', GONE);
    };
    return {
      app: asked,
      hidden: { user_code: code },
      async approve(approver) {
        const approved = await devices.approve(code, approver);
        if (approved === undefined) return gone();
        if (typeof approved === 'string') throw refusal(...ARRIVAL[approved]);
        await desk.noteApproval(approver, decision);
        return letIn(asked.name, asked.redirect);
      },
      async refuse(approver) {
        if (!(await devices.refuse(code))) return gone();
        await desk.noteRefusal(approver, decision);
        return sentAway(asked.name);
      },
    };
  }

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    requireOwnForm(request, desk.tickets);
    const code = memberText(request.body, 'user_code') ?? '';
    const asked = await devices.find(code, request.ip).catch((error: unknown) => {
      if (!isAppError(error, 'rate-limited')) throw error;
      return error;
    });
    if (asked instanceof AppError) return askCode(request, reply, code, { text: asked.message, status: 429 });
    if (asked === undefined) return askCode(request, reply, code, { text: GONE, status: 404 });
    if (typeof asked === 'string') throw refusal(...ARRIVAL[asked]);
    return steps.take(request, reply, subjectOf(code, asked));
  }

  for (const url of PAGES) {
    app.get<{ Params: { code?: string } }>(url, { schema: { hide: true } }, async (request, reply) =>
      askCode(request, reply, (request.params.code ?? memberText(request.query, 'code') ?? '').slice(0, 20)),
    );
    app.post(url, { schema: { hide: true } }, take);
  }
}
