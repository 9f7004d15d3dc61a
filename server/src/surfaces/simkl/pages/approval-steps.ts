import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApprovalDesk, Approver } from '#features/app-grants/index.ts';
import { AppError, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import { memberText } from '../lenient-requests.ts';
import { consentBody, elsewhereBody, type ShownApp, signInBody } from './approval-views.ts';
import { browserOf, requireOwnForm } from './browser-mark.ts';
import { type Page, sendPage } from './page.ts';

/** What is being decided on a page, by whichever road the app came. */
export type Subject = Readonly<{
  app: ShownApp;
  /** What the forms of its pages carry to say what they are about. */
  hidden: Readonly<Record<string, string>>;
  approve(approver: Approver): Promise<Page | Readonly<{ redirect: string }>>;
  refuse(approver: Approver): Promise<Page | Readonly<{ redirect: string }>>;
}>;

export type ApprovalSteps = Readonly<{
  /** The first page about this subject. */
  show(request: FastifyRequest, reply: FastifyReply, subject: Subject): Promise<FastifyReply>;
  /** What a form of such a page asks for. */
  take(request: FastifyRequest, reply: FastifyReply, subject: Subject): Promise<FastifyReply>;
}>;

const STATUS_OF_FAULT: Readonly<Record<string, number>> = { unauthenticated: 401, forbidden: 403, 'rate-limited': 429, 'not-found': 404 };

/** Signs the person in, asks them, and does what they say. Each step is a form of its own, without a script. */
export function createApprovalSteps({ desk }: Readonly<{ desk: ApprovalDesk }>): ApprovalSteps {
  const { tickets, elsewhere } = desk;

  async function signIn(request: FastifyRequest, reply: FastifyReply, subject: Subject, fault?: AppError): Promise<FastifyReply> {
    const browser = browserOf(request, reply);
    const hidden = { ...subject.hidden, seal: tickets.formSeal(browser) };
    const status = fault === undefined ? 200 : (STATUS_OF_FAULT[fault.code] ?? 502);
    if (fault?.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(fault.retryAfterMs / 1_000)));
    const body = signInBody(hidden, subject.app, await elsewhere.offers(), fault?.message);
    return sendPage(reply, { title: `${subject.app.name} asks to be let in`, body, status });
  }

  function consent(request: FastifyRequest, reply: FastifyReply, subject: Subject, approver: Approver): FastifyReply {
    const browser = browserOf(request, reply);
    const hidden = { ...subject.hidden, seal: tickets.formSeal(browser), who: tickets.forPerson(browser, approver) };
    const body = consentBody(hidden, subject.app, approver.name);
    return sendPage(reply, { title: `Let ${subject.app.name} in?`, body, leadsTo: subject.app.redirect });
  }

  function awaySignIn(
    request: FastifyRequest,
    reply: FastifyReply,
    subject: Subject,
    away: Readonly<{ type: string; ticket: string; url: string; title: string }>,
    fault?: string,
  ): FastifyReply {
    const browser = browserOf(request, reply);
    const { type, ticket, url, title } = away;
    const hidden = {
      ...subject.hidden,
      seal: tickets.formSeal(browser),
      // The address and the name come back with the form, so they are sealed with what they belong to.
      elsewhere: tickets.forSignIn(browser, { type, ticket: JSON.stringify({ ticket, url, title }) }),
    };
    const body = elsewhereBody(hidden, title, url, fault);
    return sendPage(reply, { title: `Sign in with ${title}`, body });
  }

  async function awayDone(request: FastifyRequest, reply: FastifyReply, subject: Subject): Promise<FastifyReply> {
    const kept = tickets.signIn(browserOf(request, reply), memberText(request.body, 'elsewhere') ?? '');
    if (!kept) throw new AppError('unauthenticated', 'This took too long. Sign in again.');
    const away = JSON.parse(kept.ticket) as Readonly<{ ticket: string; url: string; title: string }>;
    const approver = await elsewhere.finish({ type: kept.type, ticket: away.ticket });
    if (approver) return consent(request, reply, subject, approver);
    return awaySignIn(request, reply, subject, { ...away, type: kept.type }, `You have not signed in at ${away.title} yet.`);
  }

  async function decide(request: FastifyRequest, reply: FastifyReply, subject: Subject): Promise<FastifyReply> {
    const approver = tickets.person(browserOf(request, reply), memberText(request.body, 'who') ?? '');
    if (!approver) return signIn(request, reply, subject, new AppError('unauthenticated', 'This took too long. Sign in again.'));
    const answer = memberText(request.body, 'answer');
    const outcome = await (answer === 'approve' ? subject.approve(approver) : subject.refuse(approver));
    if ('redirect' in outcome) return reply.header('cache-control', 'no-store').redirect(outcome.redirect, 303);
    return sendPage(reply, outcome);
  }

  async function step(request: FastifyRequest, reply: FastifyReply, subject: Subject): Promise<FastifyReply> {
    const text = (name: string): string => memberText(request.body, name) ?? '';
    const attempt = { username: text('username'), password: text('password'), address: request.ip };
    switch (text('step')) {
      case 'password':
        return consent(request, reply, subject, await desk.withPassword(attempt));
      case 'server':
        return consent(request, reply, subject, await elsewhere.withPassword({ ...attempt, offer: text('offer') }));
      case 'browser': {
        const { elsewhere: away, url, title } = await elsewhere.begin(text('type'));
        return awaySignIn(request, reply, subject, { ...away, url, title });
      }
      case 'browser-done':
        return awayDone(request, reply, subject);
      default:
        return signIn(request, reply, subject);
    }
  }

  return {
    show: (request, reply, subject) => signIn(request, reply, subject),
    async take(request, reply, subject) {
      requireOwnForm(request, tickets);
      if (memberText(request.body, 'step') === 'decide') return decide(request, reply, subject);
      try {
        return await step(request, reply, subject);
      } catch (error) {
        const isTheirs = isUpstreamFault(error) || isAppError(error, 'unauthenticated', 'forbidden', 'rate-limited', 'not-found');
        if (!isTheirs) throw error;
        return signIn(request, reply, subject, error);
      }
    },
  };
}
