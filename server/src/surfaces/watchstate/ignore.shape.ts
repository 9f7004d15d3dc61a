import { type Static, Type } from '@fastify/type-provider-typebox';
import type { Account } from '#core/connections/index.ts';
import { type IgnoreRule, type KnownIds, parseRule, ruleOf, type StoredIgnoreRule } from '#core/ignore-rules/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { toAtom } from '#kernel/instant.ts';

const MaybeText = Type.Unsafe<string | null>({ type: ['string', 'null'] });
const Id = Type.Union([Type.String(), Type.Integer()]);

/** A rule in one text, or in its parts. In the list of a backend `scoped` is the item itself. */
export const RuleBody = Type.Object({
  rule: Type.Optional(Type.String({ maxLength: 1_000 })),
  type: Type.Optional(Type.String()),
  db: Type.Optional(Type.String()),
  id: Type.Optional(Id),
  backend: Type.Optional(Type.String()),
  scoped: Type.Optional(Type.Union([Type.Boolean(), Id, Type.Null()])),
  scoped_to: Type.Optional(Type.Union([Id, Type.Null()])),
});
export type RuleBody = Static<typeof RuleBody>;

export const RuleToRemove = Type.Object({ rule: Type.String({ minLength: 1, maxLength: 1_000 }) });

export const RemovedRule = Type.Object({
  rule: Type.String(),
  id: Type.String(),
  type: Type.String(),
  backend: Type.String(),
  db: Type.String(),
  title: MaybeText,
  scoped: Type.Boolean(),
  scoped_to: Type.Unsafe<string | number | null>({ type: ['string', 'integer', 'null'] }),
});
export const RuleRow = Type.Object({ ...RemovedRule.properties, created: Type.String() });

export const BackendRuleRow = Type.Object({
  rule: Type.String(),
  type: Type.String(),
  backend: Type.String(),
  db: Type.String(),
  id: Type.String(),
  scoped: Type.String(),
  created: Type.String(),
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const numberIfOne = (id: string): string | number => (/^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id);

export const removedRow = (rule: StoredIgnoreRule): Static<typeof RemovedRule> => ({
  rule: rule.rule,
  id: rule.value,
  type: capital(rule.type),
  backend: rule.account,
  db: rule.provider,
  title: rule.title ?? null,
  scoped: rule.upstreamId !== undefined,
  scoped_to: rule.upstreamId === undefined ? null : numberIfOne(rule.upstreamId),
});

export const ruleRow = (rule: StoredIgnoreRule): Static<typeof RuleRow> => ({ ...removedRow(rule), created: toAtom(rule.createdAt) });

export const backendRuleRow = (rule: StoredIgnoreRule): Static<typeof BackendRuleRow> => ({
  rule: rule.rule,
  type: capital(rule.type),
  backend: rule.account,
  db: rule.provider,
  id: rule.value,
  scoped: rule.upstreamId === undefined ? 'No' : 'Yes',
  created: toAtom(rule.createdAt),
});

const OUR_WORDS: Readonly<Record<string, string>> = { provider: 'db', value: 'id', account: 'backend', upstreamId: 'scoped_to' };

/** The page's names for what is at fault; a rule given as one text is at fault as a whole. */
function inPageWords<T>(whole: boolean, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const [fault] = isAppError(error, 'invalid') ? error.faults : [];
    if (fault === undefined) throw error;
    const field = OUR_WORDS[fault.field] ?? fault.field;
    throw invalid(whole ? 'rule' : field, whole && field !== 'rule' ? `its ${field} ${fault.message}` : fault.message, error);
  }
}

export const readRule = (text: string, ids: KnownIds): IgnoreRule => inPageWords(true, () => parseRule(text, ids));

/** For taking a rule away: its provider may be gone by now. */
export const readOldRule = (text: string, ids: KnownIds): IgnoreRule =>
  readRule(text, { knows: () => true, spell: (provider, value) => ids.spell(provider, value) ?? String(value) });

const SWITCHES: ReadonlyMap<string, boolean> = new Map(Object.entries({ true: true, false: false }));
const NUMBERS: ReadonlyMap<string, boolean> = new Map([...SWITCHES, ...Object.entries({ 1: true, 0: false })]);

/** Whether it is for one item, and which: the switch may be a text, and a number too where the item stands beside it. */
function scopeOf({ scoped, scoped_to: to }: RuleBody): string | undefined {
  const item = to === undefined || to === null || to === '' ? undefined : String(to);
  const written = String(scoped ?? '').toLowerCase();
  const flag = (item === undefined ? SWITCHES : NUMBERS).get(written);
  if (flag === undefined && written !== '') return String(scoped);
  if (flag === false) return undefined;
  if (flag === true && item === undefined) throw invalid('scoped_to', 'must name the item of the backend for which the rule is meant');
  return item;
}

export type RuleContext = Readonly<{ ids: KnownIds; accounts: readonly Account[]; backend?: string | undefined }>;

/** The rule that a body asks for; `backend` is whose it is where the path says so. Throws `invalid`. */
export function ruleIn(body: RuleBody, { ids, accounts, backend }: RuleContext): IgnoreRule {
  return ruleOfBackend(body.rule ? readRule(body.rule, ids) : ruleOfParts(body, ids, backend), body, { accounts, backend });
}

/** The same for a rule that is to be taken away. */
export const oldRuleIn = (body: Readonly<{ rule: string }>, { ids, ...whose }: RuleContext): IgnoreRule =>
  ruleOfBackend(readOldRule(body.rule, ids), body, whose);

function ruleOfBackend(rule: IgnoreRule, body: RuleBody, { accounts, backend }: Omit<RuleContext, 'ids'>): IgnoreRule {
  if (backend !== undefined && rule.account !== backend) throw invalid(body.rule ? 'rule' : 'backend', `is not about ${backend}`);
  if (accounts.some((account) => account.name === rule.account)) return rule;
  throw invalid(body.rule ? 'rule' : 'backend', `there is no backend "${rule.account}"`);
}

function ruleOfParts(body: RuleBody, ids: KnownIds, backend: string | undefined): IgnoreRule {
  const parts = { type: body.type, db: body.db, id: body.id, backend: body.backend ?? backend };
  const faults = Object.entries(parts).flatMap(([field, value]) =>
    value === undefined || value === '' ? [{ field, message: 'must be given where there is no rule' }] : [],
  );
  if (faults.length > 0) throw new AppError('invalid', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
  const upstreamId = scopeOf(body);
  const { type = '', db = '', id = '', backend: account = '' } = parts;
  return inPageWords(false, () =>
    ruleOf({ type, provider: db, value: String(id), account, ...(upstreamId !== undefined && { upstreamId }) }, ids),
  );
}
