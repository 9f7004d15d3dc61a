import { createHash, randomBytes } from 'node:crypto';
import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Clock, minutes, seconds } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

type Grant = { user: string; clientId: string; scope: string; refreshToken: string; accessToken: string; expiresAt: number };
type Code = { clientId: string; user: string; scope: string; challenge: string; redirectUri: string };
type Device = { clientId: string; scope: string; userCode: string; user?: string; refused?: boolean; polledAt: number; expiresAt: number };

const WEEK = 604_800;
const failed = (status: number, error: string): MoodyReply => ({ status, body: { error, error_description: `It was refused: ${error}.` } });
const secret = (start: string): string => `${start}${randomBytes(24).toString('hex').slice(0, 34)}`;

export type FakeGrants = ReturnType<typeof createFakeGrants>;

/** Simkl's second generation of apps: device codes, codes with a proof key, refresh tokens that stay and access tokens that do not. */
export function createFakeGrants(clock: Clock, app: Readonly<{ clientId: string; clientSecret: string }>) {
  const grants: Grant[] = [];
  const codes = new Map<string, Code>();
  const devices = new Map<string, Device>();
  const scopeOf = (asked: unknown): string =>
    String(asked ?? '')
      .split(/\s+/)
      .includes('media:write')
      ? 'media:read media:write'
      : 'media:read';

  function give(user: string, clientId: string, scope: string): Grant {
    const grant = { user, clientId, scope, refreshToken: secret('simkl_rt_'), accessToken: '', expiresAt: 0 };
    grants.push(grant);
    return renew(grant);
  }

  function renew(grant: Grant): Grant {
    grant.accessToken = secret('simkl_at_');
    grant.expiresAt = clock.now() + seconds(WEEK);
    return grant;
  }

  const told = (grant: Grant): MoodyReply => ({
    body: {
      access_token: grant.accessToken,
      token_type: 'Bearer',
      expires_in: WEEK,
      refresh_token: grant.refreshToken,
      scope: grant.scope,
    },
  });

  function pollDevice(fields: Readonly<Record<string, unknown>>): MoodyReply {
    const device = devices.get(String(fields.device_code));
    if (!device || device.expiresAt <= clock.now()) return failed(400, 'expired_token');
    if (device.refused) return failed(400, 'access_denied');
    if (device.user === undefined) {
      const hasty = clock.now() - device.polledAt < seconds(5);
      device.polledAt = clock.now();
      return failed(400, hasty ? 'slow_down' : 'authorization_pending');
    }
    devices.delete(String(fields.device_code));
    return told(give(device.user, device.clientId, device.scope));
  }

  function redeem(fields: Readonly<Record<string, unknown>>): MoodyReply {
    const code = codes.get(String(fields.code));
    codes.delete(String(fields.code));
    const proof = createHash('sha256').update(String(fields.code_verifier)).digest('base64url');
    if (!code || code.challenge !== proof || code.redirectUri !== fields.redirect_uri) return failed(400, 'invalid_grant');
    return told(give(code.user, code.clientId, code.scope));
  }

  function token(fields: Readonly<Record<string, unknown>>): MoodyReply {
    if (fields.client_id !== app.clientId) return failed(401, 'invalid_client');
    switch (fields.grant_type) {
      case 'authorization_code':
        return redeem(fields);
      case 'refresh_token': {
        const grant = grants.find((one) => one.refreshToken === fields.refresh_token);
        return grant ? told(renew(grant)) : failed(400, 'invalid_grant');
      }
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return pollDevice(fields);
      default:
        return failed(400, 'unsupported_grant_type');
    }
  }

  function revoke(fields: Readonly<Record<string, unknown>>): MoodyReply {
    const at = grants.findIndex((one) => one.refreshToken === fields.token || one.accessToken === fields.token);
    if (at >= 0) grants.splice(at, 1);
    return { body: '' };
  }

  function startDevice(fields: Readonly<Record<string, unknown>>): MoodyReply {
    if (fields.client_id !== app.clientId) return failed(401, 'invalid_client');
    const deviceCode = secret('device_');
    const userCode = `${randomBytes(2).toString('hex')}-${randomBytes(2).toString('hex')}`.toUpperCase();
    const times = { polledAt: Number.NEGATIVE_INFINITY, expiresAt: clock.now() + minutes(15) };
    devices.set(deviceCode, { clientId: app.clientId, scope: scopeOf(fields.scope), userCode, ...times });
    const page = 'https://simkl.example/device';
    return {
      body: {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: page,
        verification_uri_complete: `${page}?code=${userCode}`,
        expires_in: 900,
        interval: 5,
      },
    };
  }

  return {
    /** Undefined for paths that are not about grants. */
    answer({ method, path, body }: MoodyRequest): MoodyReply | undefined {
      if (method !== 'POST' || !path.startsWith('/oauth2/')) return undefined;
      const fields = isRecord(body) ? body : {};
      if (path === '/oauth2/token') return token(fields);
      if (path === '/oauth2/revoke') return revoke(fields);
      return path === '/oauth2/device' ? startDevice(fields) : undefined;
    },

    /** Whom an access token speaks for. */
    holderOf(authorization: string | undefined): Readonly<{ user: string; canWrite: boolean }> | undefined {
      const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      const grant = grants.find((one) => one.accessToken === given);
      if (!grant || grant.expiresAt <= clock.now()) return undefined;
      return { user: grant.user, canWrite: grant.scope.includes('media:write') };
    },

    /** A person types the code, and agrees or not. */
    enterCode(userCode: string, user: string, how: Readonly<{ agrees?: boolean; readOnly?: boolean }> = {}): void {
      const device = [...devices.values()].find((one) => one.userCode === userCode);
      if (!device) throw new Error(`nobody was given the code ${userCode}`);
      if (how.agrees === false) device.refused = true;
      else device.user = user;
      if (how.readOnly) device.scope = 'media:read';
    },

    /** A person's browser is sent to the page of consent; answers the code that it comes back with. */
    consent(address: string, user: string): Readonly<{ code: string; state: string }> {
      const query = new URL(address).searchParams;
      if (query.get('client_id') !== app.clientId || query.get('code_challenge_method') !== 'S256')
        throw new Error('the page refuses that');
      const code = randomBytes(12).toString('hex');
      codes.set(code, {
        clientId: app.clientId,
        user,
        scope: scopeOf(query.get('scope')),
        challenge: query.get('code_challenge') ?? '',
        redirectUri: query.get('redirect_uri') ?? '',
      });
      return { code, state: query.get('state') ?? '' };
    },

    give,
    grants: (): readonly Readonly<Grant>[] => grants,
  };
}
