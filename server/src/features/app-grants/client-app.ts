import type { AppId, GrantId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** The two ways in which apps sign in: eternal tokens, and short tokens that are refreshed. */
export type Generation = 1 | 2;

/** Which shapes an app expects where old and new ones differ. */
export type Dialect = 'legacy' | 'modern';

/** What an app may do with the tracker of its person. */
export type AppScope = 'media:read' | 'media:write';
export const READ_ONLY: readonly AppScope[] = ['media:read'];
export const READ_AND_WRITE: readonly AppScope[] = ['media:read', 'media:write'];

/** By which road somebody agreed. */
export type Flow = 'code' | 'pin' | 'device';

/** A program that asks for a person's tracker. */
export type ClientApp = Readonly<{
  id: AppId;
  /** As the app names itself on the wire; unique. */
  clientId: string;
  name: string;
  dialect: Dialect;
  /** Undefined until something was approved, unless the owner said it. */
  generation: Generation | undefined;
  /** Where a person may be sent back to. Empty until something was approved. */
  redirects: readonly string[];
  hasSecret: boolean;
  /** Registered beforehand, or made by the first approval. */
  origin: 'owner' | 'approval';
  createdBy: string;
  createdAt: Instant;
  /** Since then its tokens are worth nothing. */
  blockedAt: Instant | undefined;
}>;

/** That a person let an app in. Each time is a grant of its own. */
export type Grant = Readonly<{
  id: GrantId;
  app: Pick<ClientApp, 'id' | 'clientId' | 'name'>;
  personId: PersonId;
  generation: Generation;
  scopes: readonly AppScope[];
  flow: Flow;
  approvedBy: string;
  createdAt: Instant;
  /** Without a refresh it ends then. */
  endsAt: Instant;
  /** To the minute. */
  lastUsedAt: Instant | undefined;
  revokedAt: Instant | undefined;
}>;

/** What an app is given, shown this once. */
export type IssuedTokens = Readonly<{
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  /** Of the second generation alone. */
  refreshToken?: string;
  scopes: readonly AppScope[];
}>;

/** Who may be named as having agreed: the sign-in, in words. */
export type Approver = Readonly<{ personId: PersonId; name: string }>;
