import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AppGrants, type ApprovalDesk, type CodeWish, OUT_OF_BAND, type Refusal, withAnswer } from '#features/app-grants/index.ts';
import { ARRIVAL } from './arrival-words.ts';
import { memberText } from './lenient-requests.ts';
import { ownAddress } from './own-address.ts';
import { createApprovalSteps, type Subject } from './pages/approval-steps.ts';
import { html } from './pages/markup.ts';
import type { Page } from './pages/page.ts';
import { OAUTH_V1, OAUTH_V2 } from './paths.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';

export type ApprovalRoutesDeps = Readonly<{
  appGrants: Pick<AppGrants, 'codes' | 'devices'>;
  approvalDesk: ApprovalDesk;
  publicUrl: URL | undefined;
}>;

export const OPEN_APPROVAL_ROUTES: readonly string[] = [OAUTH_V1, OAUTH_V2].flatMap((root) => [
  `GET ${root}/authorize`,
  `POST ${root}/authorize`,
]);

const refused = (why: Refusal): never => {
  throw refusal(...ARRIVAL[why]);
};

function wishOf({ query }: FastifyRequest, generation: 1 | 2): CodeWish {
  const text = (name: string): string | undefined => memberText(query, name);
  return {
    generation,
    clientId: text('client_id') ?? '',
    appName: text('app-name'),
    redirect: text('redirect_uri') ?? '',
    challenge: text('code_challenge'),
    challengeMethod: text('code_challenge_method'),
    scope: text('scope'),
  };
}

const letIn = (name: string, body = html`<p>You can close this page, and go back to the app.</p>`): Page => ({
  title: `${name} was let in`,
  body,
});
export const sentAway = (name: string): Page => ({
  title: `${name} was not let in`,
  body: html`<p>It got nothing. You can close this page.</p>`,
});

/** The pages to which an app sends its person, who signs in and decides. */
export function approvalRoutes(app: SimklScope, deps: ApprovalRoutesDeps): void {
  const { codes } = deps.appGrants;
  const { approvalDesk: desk, publicUrl } = deps;
  const steps = createApprovalSteps({ desk });

  /** What an app of the second generation is told, where it may be told anything; the first never is. */
  function answerTo(request: FastifyRequest, { redirect, generation }: CodeWish, said: Readonly<Record<string, string>>): string {
    const state = memberText(request.query, 'state');
    return withAnswer(redirect, { ...said, state, iss: generation === 2 ? ownAddress(request, publicUrl) : undefined });
  }

  async function subjectOf(request: FastifyRequest, wish: CodeWish): Promise<Subject | Refusal> {
    const asked = await codes.look(wish);
    if (typeof asked === 'string') return asked;
    const decision = { app: asked, scopes: asked.scopes };
    return {
      app: asked,
      hidden: {},
      async approve(approver) {
        const approved = await codes.approve(wish, approver);
        if (typeof approved === 'string') return refused(approved);
        await desk.noteApproval(approver, decision);
        if (wish.redirect !== OUT_OF_BAND) return { redirect: answerTo(request, wish, { code: approved.code }) };
        return letIn(asked.name, html`<p>Type this code into the app:</p>\n<p class="code">${approved.code}</p>`);
      },
      async refuse(approver) {
        await desk.noteRefusal(approver, decision);
        const isTold = wish.generation === 2 && wish.redirect !== OUT_OF_BAND;
        return isTold ? { redirect: answerTo(request, wish, { error: 'access_denied' }) } : sentAway(asked.name);
      },
    };
  }

  /** A fault of the app's own request is told to the app where its redirect was settled before, and else to whoever looks at the page. */
  async function faulty(
    request: FastifyRequest,
    reply: FastifyReply,
    wish: CodeWish,
    why: Refusal | 'response-type',
  ): Promise<FastifyReply> {
    const isAboutRequest = why === 'response-type' || why === 'challenge-missing' || why === 'challenge-unusable';
    if (isAboutRequest && wish.generation === 2 && (await codes.mayBeTold(wish))) {
      const error = why === 'response-type' ? 'unsupported_response_type' : 'invalid_request';
      return reply.redirect(answerTo(request, wish, { error }), 303);
    }
    if (why === 'response-type') throw refusal('wrong_parameter', 'response_type: must be code');
    return refused(why);
  }

  for (const [root, generation] of [
    [OAUTH_V1, 1],
    [OAUTH_V2, 2],
  ] as const) {
    app.route({
      method: ['GET', 'POST'],
      url: `${root}/authorize`,
      schema: { hide: true },
      handler: async (request, reply) => {
        const wish = wishOf(request, generation);
        const responseType = memberText(request.query, 'response_type') ?? (generation === 1 ? 'code' : '');
        if (responseType !== 'code') return faulty(request, reply, wish, 'response-type');
        const subject = await subjectOf(request, wish);
        if (typeof subject === 'string') return faulty(request, reply, wish, subject);
        return request.method === 'POST' ? steps.take(request, reply, subject) : steps.show(request, reply, subject);
      },
    });
  }
}
