import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppGrants, AppRequest, CodeWish, Refusal } from '#features/app-grants/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { memberText } from './lenient-requests.ts';
import { ownAddress } from './own-address.ts';
import { OAUTH_V1, OAUTH_V2, PIN_PAGE } from './paths.ts';
import type { SimklScope } from './simkl-scope.ts';

export type ApprovalRoutesDeps = Readonly<{
  appGrants: Pick<AppGrants, 'approvals'>;
  publicUrl: URL | undefined;
  basePath: string;
}>;

const DOORS = [
  [OAUTH_V1, 1],
  [OAUTH_V2, 2],
] as const;

const PIN_PAGES = [PIN_PAGE, `${PIN_PAGE}/:code`] as const;

export const OPEN_APPROVAL_ROUTES: readonly string[] = [
  ...DOORS.map(([root]) => `GET ${root}/authorize`),
  ...PIN_PAGES.map((path) => `GET ${path}`),
];

const LONGEST_CODE = 20;

type Fault = Refusal | 'response-type' | 'busy';

/** What is wrong with the request itself is told to an app of the second generation, in the words of that standard. */
const TOLD: Readonly<Partial<Record<Fault, string>>> = {
  'response-type': 'unsupported_response_type',
  'challenge-missing': 'invalid_request',
  'challenge-unusable': 'invalid_request',
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

/** Where apps send their person: what they ask for is looked at and kept, and the person is handed on to the page on which they decide. */
export function approvalRoutes(app: SimklScope, { appGrants: { approvals }, publicUrl, basePath }: ApprovalRoutesDeps): void {
  const toPage = (reply: FastifyReply, query: Readonly<Record<string, string>>): FastifyReply =>
    reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(`${basePath}/app/approve?${new URLSearchParams(query)}`, 303);

  /** A fault of the app's own request is told to the app where its redirect was settled before, and else to the person. */
  async function faulty(reply: FastifyReply, request: AppRequest, fault: Fault): Promise<FastifyReply> {
    const error = TOLD[fault];
    const target = error === undefined ? undefined : await approvals.faultAt(request, error);
    return target === undefined ? toPage(reply, { fault }) : reply.header('cache-control', 'no-store').redirect(target, 303);
  }

  for (const [root, generation] of DOORS) {
    app.get(`${root}/authorize`, { schema: { hide: true } }, async (request, reply) => {
      const asked = {
        wish: wishOf(request, generation),
        state: memberText(request.query, 'state'),
        issuer: ownAddress(request, publicUrl),
      };
      const responseType = memberText(request.query, 'response_type') ?? (generation === 1 ? 'code' : '');
      if (responseType !== 'code') return faulty(reply, asked, 'response-type');
      const opened = await approvals.open(asked, request.ip).catch((error: unknown) => {
        if (!isAppError(error, 'rate-limited')) throw error;
        return 'busy' as const;
      });
      return typeof opened === 'string' ? faulty(reply, asked, opened) : toPage(reply, { request: opened.id });
    });
  }

  // The code is only handed on: it is looked up once somebody has sent it.
  for (const url of PIN_PAGES) {
    app.get<{ Params: { code?: string } }>(url, { schema: { hide: true } }, async (request, reply) => {
      const code = (request.params.code ?? memberText(request.query, 'code') ?? '').slice(0, LONGEST_CODE);
      return toPage(reply, code === '' ? {} : { code });
    });
  }
}
