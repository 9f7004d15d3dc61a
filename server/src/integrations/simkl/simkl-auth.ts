import type { CallOptions, DeviceAnswer, DeviceCode, TrackerApp, TrackerGrant } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, minutes, seconds } from '#kernel/instant.ts';
import type { HttpClient } from '#platform/http-client/index.ts';
import { simklDevice, simklGrant } from './simkl.wire.ts';
import { explainRefusal } from './simkl-calls.ts';

/** Reading and writing, in the words of Simkl: a misspelt one silently grants reading alone. */
const SCOPE = 'media:read media:write';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const CALL_DEADLINE = seconds(30);

export type SimklAuthDeps = Readonly<{ http: HttpClient; clock: Clock; siteUrl: string; identity: Readonly<Record<string, string>> }>;

export type SimklAuth = ReturnType<typeof createSimklAuth>;

/** The ways in to Simkl's second generation of apps. None of these calls counts against the day's calls. */
export function createSimklAuth({ http, clock, siteUrl, identity }: SimklAuthDeps) {
  async function form(path: string, app: TrackerApp, fields: Readonly<Record<string, string>>, { signal }: CallOptions): Promise<unknown> {
    const secret = app.clientSecret === undefined ? {} : { client_secret: app.clientSecret };
    const body = new URLSearchParams({ client_id: app.clientId, ...secret, ...fields });
    const query = { client_id: app.clientId, ...identity };
    const reply = await http.send({ method: 'POST', path, query, body, signal, timeoutMs: CALL_DEADLINE, explain: explainRefusal });
    return reply.text.trim() === '' ? undefined : reply.json();
  }

  function toGrant(answer: unknown, former?: TrackerGrant): TrackerGrant {
    if (!simklGrant.Check(answer)) throw unreadable('/oauth2/token');
    const { access_token, refresh_token, expires_in, scope } = answer;
    const refreshToken = refresh_token ?? former?.refreshToken;
    const lasts = Number(expires_in ?? Number.NaN);
    return {
      accessToken: access_token,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(lasts > 0 && { expiresAt: clock.now() + seconds(lasts) }),
      canWrite: typeof scope === 'string' ? scope.split(/\s+/).includes('media:write') : (former?.canWrite ?? false),
    };
  }

  return {
    async startDevice(app: TrackerApp, options: CallOptions): Promise<DeviceCode> {
      const answer = await form('/oauth2/device', app, { scope: SCOPE }, options);
      if (!simklDevice.Check(answer)) throw unreadable('/oauth2/device');
      const page = answer.verification_uri;
      return {
        deviceCode: answer.device_code,
        userCode: answer.user_code,
        page,
        link: answer.verification_uri_complete ?? page,
        expiresAt: clock.now() + (Number(answer.expires_in) > 0 ? seconds(Number(answer.expires_in)) : minutes(15)),
        interval: seconds(Number(answer.interval) > 0 ? Number(answer.interval) : 5),
      };
    },

    async pollDevice(app: TrackerApp, deviceCode: string, options: CallOptions): Promise<DeviceAnswer> {
      try {
        const answer = await form('/oauth2/token', app, { grant_type: DEVICE_GRANT, device_code: deviceCode }, options);
        return { state: 'granted', grant: toGrant(answer) };
      } catch (error) {
        const state = isAppError(error) ? WAITING[String(error.details.said)] : undefined;
        if (state === undefined) throw error;
        return { state };
      }
    },

    authorizeUrl(app: TrackerApp, ask: Readonly<{ redirectUri: string; state: string; challenge: string }>): string {
      const query = new URLSearchParams({
        client_id: app.clientId,
        redirect_uri: ask.redirectUri,
        response_type: 'code',
        scope: SCOPE,
        state: ask.state,
        code_challenge: ask.challenge,
        code_challenge_method: 'S256',
      });
      return `${siteUrl}/oauth2/authorize?${query}`;
    },

    async redeem(
      app: TrackerApp,
      { code, verifier, redirectUri }: Readonly<{ code: string; verifier: string; redirectUri: string }>,
      options: CallOptions,
    ): Promise<TrackerGrant> {
      const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri };
      return toGrant(await form('/oauth2/token', app, fields, options));
    },

    async renew(app: TrackerApp, grant: TrackerGrant, options: CallOptions): Promise<TrackerGrant> {
      if (grant.refreshToken === undefined) throw ended();
      try {
        const answer = await form('/oauth2/token', app, { grant_type: 'refresh_token', refresh_token: grant.refreshToken }, options);
        return toGrant(answer, grant);
      } catch (error) {
        if (isAppError(error) && error.details.said === 'invalid_grant') throw ended(error);
        throw error;
      }
    },

    async revoke(app: TrackerApp, grant: TrackerGrant, options: CallOptions): Promise<void> {
      await form('/oauth2/revoke', app, { token: grant.refreshToken ?? grant.accessToken }, options);
    },
  };
}

const WAITING: Readonly<Record<string, 'pending' | 'slow-down' | 'expired' | 'refused'>> = {
  authorization_pending: 'pending',
  slow_down: 'slow-down',
  expired_token: 'expired',
  access_denied: 'refused',
};

const ended = (cause?: unknown): AppError =>
  new AppError('upstream-unauthorized', 'Simkl: the person has taken the grant back, or it has ended. Connect the account once more.', {
    ...(cause !== undefined && { cause }),
    details: { sent: 'no' },
  });

const unreadable = (path: string): AppError =>
  new AppError('upstream-unreadable', `Simkl: ${path} answered in a shape that we cannot read.`);
