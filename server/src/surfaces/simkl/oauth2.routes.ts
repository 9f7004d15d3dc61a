import type { FastifyRequest } from 'fastify';
import { networkOf } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { AppGrants, Exchanged, ExchangeRefusal, IssuedTokens, Refusal } from '#features/app-grants/index.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { createRequestLimit } from '#platform/http-server/index.ts';
import { credentialsOf } from './client-credentials.ts';
import { memberText } from './lenient-requests.ts';
import { DeviceWish, Oauth2Failure, RevokeWish, TokenWish, V2Tokens } from './oauth.shape.ts';
import { type Oauth2Word, oauth2Refusal } from './oauth2.errors.ts';
import { ownAddress } from './own-address.ts';
import { DISCOVERY, OAUTH_V2, PIN_PAGE } from './paths.ts';
import type { SimklScope } from './simkl-scope.ts';

export type Oauth2RoutesDeps = Readonly<{
  appGrants: Pick<AppGrants, 'apps' | 'codes' | 'devices' | 'grants'>;
  activity: Pick<Activity, 'record'>;
  clock: Clock;
  publicUrl: URL | undefined;
}>;

export const OPEN_OAUTH2_ROUTES: readonly string[] = [
  `POST ${OAUTH_V2}/token`,
  `POST ${OAUTH_V2}/device`,
  `POST ${OAUTH_V2}/revoke`,
  `GET ${DISCOVERY}`,
];

const tags = ['simkl/oauth2'];
const DEVICES_A_MINUTE = 30;
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const REFUSED: Readonly<Record<ExchangeRefusal, readonly [Oauth2Word, string]>> = {
  code: ['invalid_grant', 'This code or refresh token is not valid, has ended, or was used before.'],
  proof: ['invalid_grant', 'The code_verifier is not the one that belongs to this code.'],
  secret: ['invalid_client', 'The client_secret is not the one of this app.'],
  redirect: ['invalid_grant', 'The redirect_uri is not the one that this code was made for.'],
  blocked: ['invalid_client', 'This app is blocked here.'],
  'other-generation': ['unauthorized_client', 'This app signs in at /oauth.'],
};

const tokenShape = ({ accessToken, refreshToken, expiresIn, scopes }: IssuedTokens) => ({
  access_token: accessToken,
  token_type: 'Bearer' as const,
  expires_in: expiresIn,
  ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  scope: scopes.join(' '),
});

const needed = ({ body }: FastifyRequest, name: string): string => {
  const text = memberText(body, name);
  if (text === undefined) throw oauth2Refusal('invalid_request', `${name}: is missing`);
  return text;
};

const tokensOf = (exchanged: Exchanged): IssuedTokens => {
  if (exchanged.outcome === 'refused') throw oauth2Refusal(...REFUSED[exchanged.reason]);
  return exchanged.tokens;
};

/** The doors of the second generation of apps, but for the page where a person agrees. */
export function oauth2Routes(app: SimklScope, { appGrants, activity, clock, publicUrl }: Oauth2RoutesDeps): void {
  const { apps, codes, devices, grants } = appGrants;
  const limitDevices = createRequestLimit({ clock, limit: DEVICES_A_MINUTE, window: minutes(1) });

  /** Whoever comes with a code or a refresh token was let in before. */
  async function knownClient(clientId: string): Promise<void> {
    const known = await apps.known(clientId);
    if (!known) throw oauth2Refusal('invalid_client', 'This app is not known here.');
    if (known.blockedAt !== undefined) throw oauth2Refusal(...REFUSED.blocked);
  }

  const GRANTS: Readonly<Record<string, (request: FastifyRequest, clientId: string, secret: string | undefined) => Promise<IssuedTokens>>> =
    {
      async authorization_code(request, clientId, secret) {
        const code = needed(request, 'code');
        const verifier = needed(request, 'code_verifier');
        await knownClient(clientId);
        const redirect = memberText(request.body, 'redirect_uri');
        return tokensOf(await codes.exchange({ generation: 2, clientId, code, secret, verifier, redirect }));
      },
      async refresh_token(request, clientId, secret) {
        const refreshToken = needed(request, 'refresh_token');
        await knownClient(clientId);
        return tokensOf(await codes.refresh({ clientId, refreshToken, secret }));
      },
      async [DEVICE_GRANT](request, clientId) {
        const polled = await devices.pollDevice({ clientId, deviceCode: needed(request, 'device_code') });
        switch (polled.outcome) {
          case 'granted':
            return polled.tokens;
          case 'waiting':
            throw oauth2Refusal('authorization_pending', 'Nobody has agreed yet.');
          case 'too-fast':
            throw oauth2Refusal('slow_down', 'Wait five seconds longer between two questions from now on.');
          case 'refused':
            throw oauth2Refusal('access_denied', 'The person did not agree.');
          case 'expired':
            throw oauth2Refusal('expired_token', 'Nobody has agreed in time. Begin again.');
          case 'unknown':
            throw oauth2Refusal('invalid_grant', 'This device_code is not valid, or was used before.');
        }
      },
    };

  app.post(
    `${OAUTH_V2}/token`,
    {
      schema: {
        operationId: 'simkl.oauth2Token',
        summary: 'Tokens for a code, a refresh token or a device code',
        tags,
        security: [],
        body: TokenWish,
        response: { 200: V2Tokens, '4xx': Oauth2Failure },
      },
    },
    async (request, reply) => {
      const { clientId, secret } = credentialsOf(request);
      if (clientId === undefined) throw oauth2Refusal('invalid_client', 'client_id: is missing');
      const grantType = needed(request, 'grant_type');
      const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
      if (!grant) throw oauth2Refusal('unsupported_grant_type', 'This grant_type is not known here.');
      const tokens = await grant(request, clientId, secret);
      reply.header('cache-control', 'no-store').code(200);
      return tokenShape(tokens);
    },
  );

  app.post(
    `${OAUTH_V2}/device`,
    { schema: { operationId: 'simkl.oauth2Device', summary: 'A short code to be typed elsewhere', tags, security: [], body: DeviceWish } },
    async (request, reply) => {
      limitDevices(networkOf(request.ip));
      const { clientId } = credentialsOf(request);
      if (clientId === undefined) throw oauth2Refusal('invalid_client', 'client_id: is missing');
      const { body, query } = request;
      const appName = memberText(query, 'app-name') ?? memberText(body, 'app-name');
      const begun = await devices.begin({ flow: 'device', clientId, appName, scope: memberText(body, 'scope') });
      if (typeof begun === 'string') throw oauth2Refusal('invalid_client', sentenceOf(begun));
      const url = `${ownAddress(request, publicUrl)}${PIN_PAGE}`;
      reply.header('cache-control', 'no-store').code(200);
      return {
        device_code: begun.deviceCode,
        user_code: begun.userCode,
        verification_uri: url,
        verification_uri_complete: `${url}/${begun.userCode}`,
        expires_in: begun.expiresIn,
        interval: begun.interval,
      };
    },
  );

  app.post(
    `${OAUTH_V2}/revoke`,
    {
      schema: {
        operationId: 'simkl.oauth2Revoke',
        summary: 'Give a grant back, by either of its tokens',
        tags,
        security: [],
        body: RevokeWish,
      },
    },
    async (request, reply) => {
      const { clientId } = credentialsOf(request);
      const token = memberText(request.body, 'token');
      const holder = clientId === undefined || token === undefined ? undefined : await grants.giveBack({ clientId, token });
      if (holder) {
        await activity.record({ actor: holder.actor, verb: 'grant.returned', subject: holder.app.name, personId: holder.personId });
      }
      return reply.code(200).send();
    },
  );

  app.get(
    DISCOVERY,
    { schema: { operationId: 'simkl.discovery', summary: 'Where the doors of the second generation are (RFC 8414)', tags, security: [] } },
    async (request) => {
      const issuer = ownAddress(request, publicUrl);
      return {
        issuer,
        authorization_endpoint: `${issuer}${OAUTH_V2}/authorize`,
        token_endpoint: `${issuer}${OAUTH_V2}/token`,
        device_authorization_endpoint: `${issuer}${OAUTH_V2}/device`,
        revocation_endpoint: `${issuer}${OAUTH_V2}/revoke`,
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        grant_types_supported: Object.keys(GRANTS),
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
        revocation_endpoint_auth_methods_supported: ['none'],
        scopes_supported: ['media:read', 'media:write'],
        authorization_response_iss_parameter_supported: true,
      };
    },
  );
}

const sentenceOf = (why: Refusal): string =>
  why === 'unknown-app' ? 'This app is not registered here, and only registered apps are let in.' : 'This app is not let in here.';
