import { type Static, Type } from '@fastify/type-provider-typebox';
import { type Account, type AccountOptions, nestOptions } from '#core/connections/index.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';

/** Stands for a secret that is there. Sent back, it means: leave it as it is. */
export const MASK = '********';

const When = Type.Union([Type.String({ description: 'ATOM: 2026-03-28T12:00:00+00:00' }), Type.Null()]);
const Direction = Type.Object({ enabled: Type.Boolean(), lastSync: When });
const Options = Type.Object({}, { additionalProperties: true });

const ROW = {
  name: Type.String(),
  type: Type.String(),
  url: Type.String(),
  uuid: Type.String(),
  user: Type.String(),
  import: Direction,
  export: Direction,
  urls: Type.Object({ webhook: Type.String() }),
  health: Type.Object({
    state: Type.String(),
    last_error: Type.Union([Type.Object({ at: When, code: Type.String(), message: Type.String() }), Type.Null()]),
    last_event_at: When,
  }),
};

/** A backend as lists show it. */
export const BackendRow = Type.Object({ ...ROW, options: Type.Optional(Options) });
/** A backend as it is stored, its secrets masked unless they were asked for. */
export const StoredBackend = Type.Object({ ...ROW, token: Type.String(), options: Options });

export type BackendRow = Static<typeof BackendRow>;
export type StoredBackend = Static<typeof StoredBackend>;

const atom = (instant: Instant | undefined): string | null => (instant === undefined ? null : toAtom(instant));

function basicRow(account: Account, webhook: string): Omit<BackendRow, 'options'> {
  const { server, health } = account;
  return {
    name: account.name,
    type: server.type,
    url: server.url,
    uuid: server.uuid,
    user: account.userId,
    import: { enabled: account.importEnabled, lastSync: atom(account.importLastSync) },
    export: { enabled: account.exportEnabled, lastSync: atom(account.exportLastSync) },
    urls: { webhook },
    health: {
      state: health.state,
      last_error: health.lastError ? { ...health.lastError, at: toAtom(health.lastError.at) } : null,
      last_event_at: atom(health.lastEventAt),
    },
  };
}

/** Without options but the one that changes what `import` means. */
export const rowOf = (account: Account, webhook: string): BackendRow => ({
  ...basicRow(account, webhook),
  ...(account.metadataOnly && { options: { IMPORT_METADATA_ONLY: true } }),
});

export const storedOf = (
  account: Account,
  webhook: string,
  secrets: Readonly<{ token: string; options: AccountOptions }>,
): StoredBackend => ({
  ...basicRow(account, webhook),
  token: secrets.token,
  options: nestOptions({ ...account.options, ...secrets.options }),
});

/** Where servers send their events. Without a token, for those who may see the backend and not speak for its server. */
export function webhookUrl(publicUrl: URL | undefined, token: string | undefined): string {
  const base = publicUrl?.href.replace(/\/+$/, '') ?? '';
  return `${base}/v1/api/webhook${token === undefined ? '' : `?apikey=${token}`}`;
}
