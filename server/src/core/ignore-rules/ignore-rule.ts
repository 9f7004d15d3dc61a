import type { OwnIds } from '#core/media/index.ts';
import { invalid } from '#kernel/app-error.ts';

export const RULE_TYPES = ['movie', 'show', 'episode'] as const;
export type RuleType = (typeof RULE_TYPES)[number];

/** What is to be ignored: an id of a provider, in what one account says, of one item only where `upstreamId` is there. */
export type IgnoreRule = Readonly<{ type: RuleType; provider: string; value: string; account: string; upstreamId?: string }>;

/** The members of a rule as somebody gives them one by one. */
export type RuleParts = Readonly<{ type: string; provider: string; value: string; account: string; upstreamId?: string }>;

/** The providers that there are, the household's own among them, and how their ids are spelled. */
export type KnownIds = Pick<OwnIds, 'knows' | 'spell'>;

const RULE = /^([a-z]+):\/\/([a-z0-9_]+):([^@\s]+)@([a-z0-9_]+)(?::\d+)?(?:\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;
const NAME = /^[a-z0-9_]{1,64}$/;
const MOST = 255;

/** In the one form under which it is kept. */
export function formatRule({ type, provider, value, account, upstreamId }: IgnoreRule): string {
  const scope = upstreamId === undefined ? '' : `?id=${encodeURIComponent(upstreamId)}`;
  return `${type}://${provider}:${encodeURIComponent(value)}@${account}${scope}`;
}

/** @throws AppError `invalid`, naming `rule` or the member at fault. */
export function parseRule(text: string, ids: KnownIds): IgnoreRule {
  const [, type, provider, value, account, query] = RULE.exec(text.trim()) ?? [];
  if (type === undefined || provider === undefined || value === undefined || account === undefined) {
    throw invalid(
      'rule',
      'must read like movie://tmdb:123@plex_main, with ?id= and the id of an item of that server where it is meant for that one only',
    );
  }
  const upstreamId = new URLSearchParams(query ?? '').get('id') ?? '';
  return ruleOf({ type, provider, value: decoded(value), account, ...(upstreamId !== '' && { upstreamId }) }, ids);
}

/** @throws AppError `invalid`, naming the member at fault. Whether there is such an account is not looked at here. */
export function ruleOf(parts: RuleParts, ids: KnownIds): IgnoreRule {
  const type = RULE_TYPES.find((one) => one === parts.type.trim().toLowerCase());
  if (type === undefined) throw invalid('type', `must be one of ${RULE_TYPES.join(', ')}`);
  const provider = parts.provider
    .trim()
    .toLowerCase()
    .replace(/^guid_/, '');
  if (!ids.knows(provider)) throw invalid('provider', `"${parts.provider}" is no provider that is known here`);
  const value = clean(parts.value) ? ids.spell(provider, parts.value) : undefined;
  if (value === undefined) throw invalid('value', `"${parts.value}" is no id of ${provider}`);
  const account = parts.account.trim().toLowerCase();
  if (!NAME.test(account)) throw invalid('account', 'must be the name of an account');
  const upstreamId = parts.upstreamId?.trim() ?? '';
  if (upstreamId.length > MOST || !clean(upstreamId)) throw invalid('upstreamId', 'must be the id of an item on that server');
  return { type, provider, value, account, ...(upstreamId !== '' && { upstreamId }) };
}

const clean = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
