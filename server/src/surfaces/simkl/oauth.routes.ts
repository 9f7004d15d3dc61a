import type { FastifyRequest } from 'fastify';
import { networkOf } from '#core/access/index.ts';
import type { AppGrants, ExchangeRefusal } from '#features/app-grants/index.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { createRequestLimit } from '#platform/http-server/index.ts';
import { ARRIVAL } from './arrival-words.ts';
import { credentialsOf } from './client-credentials.ts';
import { memberText } from './lenient-requests.ts';
import { AppQuery, Failure, PinParams, PinQuery, TokenWish, V1Token } from './oauth.shape.ts';
import { ownAddress } from './own-address.ts';
import { OAUTH_V1, PIN_PAGE } from './paths.ts';
import { refusal, type SimklWord } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';

export type OauthRoutesDeps = Readonly<{
  appGrants: Pick<AppGrants, 'codes' | 'devices'>;
  clock: Clock;
  /** The address by which other machines reach this house, where it is known. */
  publicUrl: URL | undefined;
}>;

export const OPEN_OAUTH_ROUTES: readonly string[] = [`POST ${OAUTH_V1}/token`, `GET ${OAUTH_V1}/pin`, `GET ${OAUTH_V1}/pin/:user_code`];

const tags = ['simkl/oauth'];
const PINS_A_MINUTE = 30;

const EXCHANGE: Readonly<Record<ExchangeRefusal, readonly [SimklWord, string]>> = {
  code: ['grant_error', 'This code is not valid, has ended, or was used before.'],
  proof: ['secret_error', 'The code_verifier is not the one that belongs to this code, or the client_secret is missing.'],
  secret: ['secret_error', 'The client_secret is not the one of this app.'],
  redirect: ['redirect_failed', 'The redirect_uri is not the one that this code was made for.'],
  blocked: ['client_id_failed', 'This app is blocked here.'],
  'other-generation': ['unauthorized_client', 'This app signs in at /oauth2.'],
};

/** The doors of the first generation of apps, but for the page where a person agrees. */
export function oauthRoutes(app: SimklScope, { appGrants: { codes, devices }, clock, publicUrl }: OauthRoutesDeps): void {
  const limitPins = createRequestLimit({ clock, limit: PINS_A_MINUTE, window: minutes(1) });

  app.post(
    `${OAUTH_V1}/token`,
    {
      schema: {
        operationId: 'simkl.exchangeCode',
        summary: 'A token for the code of an approval',
        tags,
        security: [],
        querystring: AppQuery,
        body: TokenWish,
        response: { 200: V1Token, '4xx': Failure },
      },
    },
    async (request, reply) => {
      const { clientId, secret } = credentialsOf(request);
      if (clientId === undefined) throw refusal('client_id_failed', 'Send your client_id.');
      const code = memberText(request.body, 'code');
      const grantType = memberText(request.body, 'grant_type') ?? 'authorization_code';
      if (grantType !== 'authorization_code') throw refusal('grant_error', 'Only the grant authorization_code is known here.');
      if (code === undefined) throw refusal('empty_field', 'code: is missing', { status: 403 });
      const verifier = memberText(request.body, 'code_verifier');
      const redirect = memberText(request.body, 'redirect_uri');
      const exchanged = await codes.exchange({ generation: 1, clientId, code, secret, verifier, redirect });
      if (exchanged.outcome === 'refused') throw refusal(...EXCHANGE[exchanged.reason]);
      const { accessToken, expiresIn } = exchanged.tokens;
      reply.header('cache-control', 'no-store').code(200);
      return { access_token: accessToken, token_type: 'bearer' as const, scope: 'public' as const, expires_in: expiresIn };
    },
  );

  /** A new short code, as the first answer to a device and as the answer to one that asks for a code that is gone. */
  async function begin(request: FastifyRequest, clientId: string) {
    limitPins(networkOf(request.ip));
    const { query } = request;
    const wish = { flow: 'pin', clientId, appName: memberText(query, 'app-name'), redirect: memberText(query, 'redirect') } as const;
    const begun = await devices.begin(wish);
    if (typeof begun === 'string') throw refusal(...ARRIVAL[begun]);
    const url = `${ownAddress(request, publicUrl)}${PIN_PAGE}`;
    return {
      result: 'OK',
      // Literally this: devices of this generation ask with the code that they show.
      device_code: 'DEVICE_CODE',
      user_code: begun.userCode,
      verification_uri: url,
      verification_url: url,
      expires_in: begun.expiresIn,
      interval: begun.interval,
    };
  }

  const clientIdOf = (request: FastifyRequest): string => {
    const { clientId } = credentialsOf(request);
    if (clientId === undefined) throw refusal('client_id_failed', 'Send your client_id in the address, or in the header simkl-api-key.');
    return clientId;
  };

  app.get(
    `${OAUTH_V1}/pin`,
    { schema: { operationId: 'simkl.beginPin', summary: 'A short code to be typed elsewhere', tags, security: [], querystring: PinQuery } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return begin(request, clientIdOf(request));
    },
  );

  app.get(
    `${OAUTH_V1}/pin/:user_code`,
    {
      schema: {
        operationId: 'simkl.pollPin',
        summary: 'Whether somebody has agreed',
        tags,
        security: [],
        params: PinParams,
        querystring: PinQuery,
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const clientId = clientIdOf(request);
      const polled = await devices.pollPin({ clientId, userCode: request.params.user_code, address: request.ip });
      switch (polled.outcome) {
        case 'granted':
          return { result: 'OK', access_token: polled.tokens.accessToken };
        // These two are compared to the letter by apps.
        case 'waiting':
          return { result: 'KO', message: 'Authorization pending' };
        case 'too-fast':
          return { result: 'KO', message: 'Slow down' };
        case 'unknown':
        case 'expired':
        case 'refused':
          return begin(request, clientId);
      }
    },
  );
}
