import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '#core/access/index.ts';
import type { People } from '#core/people/index.ts';
import type { Answer, AppGrants, Approval, ApprovalDesk, Approver, Refusal } from '#features/app-grants/index.ts';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { callerOf, createAuthenticator } from './app.auth.ts';
import {
  ApprovalShown,
  AwayBegun,
  AwayWish,
  approvalShape,
  DecisionMade,
  DecisionWish,
  decisionShape,
  ServerSignInWish,
  SignedIn,
  TicketWish,
} from './approvals.shape.ts';
import { giveMark, markOf } from './browser-mark.ts';
import { Problem, TextParams } from './contract.ts';

export type ApprovalRoutesDeps = Readonly<{
  access: Access;
  appGrants: Pick<AppGrants, 'approvals'>;
  approvalDesk: ApprovalDesk;
  publicUrl: URL | undefined;
  people: Pick<People, 'list'>;
}>;

/** Whoever is asked may be signed in nowhere here: an account on a server of the household will do. */
export const OPEN_APPROVAL_ROUTES: readonly string[] = [
  'GET /approvals/:id',
  'POST /approvals/:id/sign-in',
  'POST /approvals/:id/sign-in/away',
  'POST /approvals/:id/sign-in/away/done',
  'POST /approvals/:id/decision',
];

const GONE = 'Nothing waits here. It may have ended, or have been answered: let the app or the device ask anew.';
const TOO_LATE = 'This took too long. Sign in again.';

/** Why nobody is asked, for people. */
const REFUSALS: Readonly<Record<Refusal, readonly [AppErrorCode, string]>> = {
  'client-unusable': ['invalid', 'The app does not say who it is in a way that can be used.'],
  'unknown-app': ['forbidden', 'This app is not registered here, and only registered apps are let in.'],
  blocked: ['forbidden', 'This app is blocked here.'],
  'other-generation': ['forbidden', 'This app signs in by its newer way from now on.'],
  'redirect-missing': ['invalid', 'The app does not say where to go back to.'],
  'redirect-unusable': ['invalid', 'Nobody can be sent where this app leads back to.'],
  'redirect-mismatch': ['forbidden', 'This app leads somewhere else than when it was approved.'],
  'challenge-missing': ['invalid', 'The app does not prove that it will be the one that comes back.'],
  'challenge-unusable': ['invalid', 'The app proves who it is in a way that cannot be used.'],
};

/** What a page of another site would send in somebody's name. Browsers say which page it was; older ones tell at least its origin. */
function requireOwnPage({ headers, host }: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isOurs =
    site === undefined ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === host) : site === 'same-origin';
  if (!isOurs) throw new AppError('forbidden', 'Another site asked for this in your name. Open Usherr itself and try again.');
}

/** Where apps wait for somebody's answer: a request that a browser brought, or the short code that a device shows. */
export const approvalRoutes =
  ({ access, appGrants: { approvals }, approvalDesk: desk, publicUrl, people }: ApprovalRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const authenticate = createAuthenticator({ access });
    const tags = ['approvals'];
    const problems = { '4xx': Problem, '5xx': Problem };
    const { tickets, elsewhere } = desk;

    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    function said<T extends object>(found: T | Refusal | undefined): T {
      if (found === undefined) throw new AppError('not-found', GONE);
      if (typeof found !== 'string') return found;
      const [code, text] = REFUSALS[found];
      throw new AppError(code, text);
    }
    const asked = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<Approval> =>
      said(await approvals.look(request.params.id, request.ip));
    const signedIn = (request: FastifyRequest, reply: FastifyReply, approver: Approver) => ({
      name: approver.name,
      ticket: tickets.forPerson(giveMark(request, reply, publicUrl), approver),
    });

    async function approverOf(request: FastifyRequest, ticket: string | undefined): Promise<Approver> {
      if (ticket !== undefined) {
        const approver = tickets.person(markOf(request) ?? '', ticket);
        const isHere = (await people.list()).some((person) => person.id === approver?.personId);
        if (approver && isHere) return approver;
        throw new AppError('unauthenticated', TOO_LATE);
      }
      await authenticate(request);
      const { kind, personId, name } = callerOf(request);
      if (kind !== 'login' || personId === undefined)
        throw new AppError('forbidden', 'Somebody who signed in has to decide this, not a key.');
      return { personId, name };
    }

    app.get(
      '/approvals/:id',
      {
        schema: {
          operationId: 'app.getApproval',
          summary: 'What an app asks for: by the id of its request, or by the short code that a device shows',
          tags,
          security: [],
          params: TextParams,
          response: { 200: ApprovalShown, ...problems },
        },
      },
      async (request) => approvalShape(await asked(request), await elsewhere.offers()),
    );

    app.post(
      '/approvals/:id/sign-in',
      {
        schema: {
          operationId: 'app.signInForApproval',
          summary: 'Prove who decides, with an account on a server of the household. It opens nothing else here',
          tags,
          security: [],
          params: TextParams,
          body: ServerSignInWish,
          response: { 200: SignedIn, ...problems },
        },
      },
      async (request, reply) => {
        requireOwnPage(request);
        await asked(request);
        return signedIn(request, reply, await elsewhere.withPassword({ ...request.body, address: request.ip }));
      },
    );

    app.post(
      '/approvals/:id/sign-in/away',
      {
        schema: {
          operationId: 'app.beginSignInAway',
          summary: "Prove it at the vendor's own page instead",
          tags,
          security: [],
          params: TextParams,
          body: AwayWish,
          response: { 200: AwayBegun, ...problems },
        },
      },
      async (request, reply) => {
        requireOwnPage(request);
        await asked(request);
        const { elsewhere: away, url, title } = await elsewhere.begin(request.body.offer);
        return { url, title, ticket: tickets.forSignIn(giveMark(request, reply, publicUrl), away) };
      },
    );

    app.post(
      '/approvals/:id/sign-in/away/done',
      {
        schema: {
          operationId: 'app.finishSignInAway',
          summary: 'Whether they have signed in there by now',
          tags,
          security: [],
          params: TextParams,
          body: TicketWish,
          response: { 200: SignedIn, ...problems },
        },
      },
      async (request, reply) => {
        requireOwnPage(request);
        const away = tickets.signIn(markOf(request) ?? '', request.body.ticket);
        if (!away) throw new AppError('unauthenticated', TOO_LATE);
        const approver = await elsewhere.finish(away);
        return approver ? signedIn(request, reply, approver) : { name: null, ticket: null };
      },
    );

    app.post(
      '/approvals/:id/decision',
      {
        schema: {
          operationId: 'app.decideApproval',
          summary: 'Let the app in, or refuse it. It can be answered once',
          tags,
          security: [{}, { bearer: [] }],
          params: TextParams,
          body: DecisionWish,
          response: { 200: DecisionMade, ...problems },
        },
      },
      async (request) => {
        requireOwnPage(request);
        const { answer, ticket } = request.body;
        const approver = await approverOf(request, ticket);
        const decided = said(await approvals.decide(request.params.id, approver, answer satisfies Answer, request.ip));
        const decision = { app: decided.approval, scopes: decided.approval.scopes };
        await (answer === 'approve' ? desk.noteApproval(approver, decision) : desk.noteRefusal(approver, decision));
        return decisionShape(decided, approver.name);
      },
    );
  };
