import type { CheckReport, SignInView, WaitingConnection } from '#features/connecting/index.ts';
import { toIso } from '#kernel/instant.ts';
import type { CheckReport as ReportShown, SignInShown, WaitingConnection as WaitingShown } from './contract.ts';

export const signInShape = ({ id, kind, state, url, code, expiresAt, user, servers }: SignInView): SignInShown => ({
  id,
  kind,
  state,
  url: url ?? null,
  code: code ?? null,
  expires_at: toIso(expiresAt),
  user: user ? { id: user.id ?? null, name: user.name } : null,
  servers: servers.map(({ uuid, name, version, owned, addresses }) => ({
    uuid,
    name,
    version: version ?? null,
    owned,
    addresses: addresses.map((address) => ({ ...address })),
  })),
});

export const reportShape = ({ verdict, checks, server, users, user, libraries }: CheckReport): ReportShown => ({
  verdict,
  checks: checks.map(({ check, state, code, message, facts }) => ({ check, state, code: code ?? null, message, facts: { ...facts } })),
  server: server ? { ...server } : null,
  users: users.map((one) => ({ ...one })),
  user: user ? { ...user } : null,
  libraries: libraries.map((one) => ({ ...one })),
});

export const waitingShape = (one: WaitingConnection, nameOf: (id: number | undefined) => string | null): WaitingShown => ({
  id: one.id,
  person: nameOf(one.personId) ?? '',
  kind: one.kind,
  name: one.name,
  url: one.url,
  tries: one.tries,
  tried_at: toIso(one.triedAt),
  fault: { ...one.fault },
  created_at: toIso(one.createdAt),
});
