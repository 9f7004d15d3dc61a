import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import type { ActorRef } from '#core/activity/index.ts';
import { defineSetting, type Settings } from '#core/settings/index.ts';
import { AppError, invalid, messageOf } from '#kernel/app-error.ts';

export const SUPPRESSION_TYPES = ['regex', 'contains'] as const;
export type SuppressionType = (typeof SUPPRESSION_TYPES)[number];
/** Log lines that a person does not want to see. `example` is one of them, which no other rule hides. */
export type Suppression = Readonly<{ id: string; type: SuppressionType; rule: string; example: string }>;
export type SuppressionDraft = Omit<Suppression, 'id'>;

export const SUPPRESSIONS = defineSetting({
  key: 'logs.suppressions',
  schema: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 11, maxLength: 11 }),
      type: Type.Union([Type.Literal('regex'), Type.Literal('contains')]),
      rule: Type.String({ minLength: 1, maxLength: 1_000 }),
      example: Type.String({ minLength: 1, maxLength: 10_000 }),
    }),
    { maxItems: 500 },
  ),
  default: [],
  scope: 'house',
  description: 'Log lines that are not written.',
});

export type Suppressions = Readonly<{
  list(): Promise<readonly Suppression[]>;
  /** Throws `invalid` for an id that can be none, `not-found` for one that is not there; so do all that take an id. */
  get(id: string): Promise<Suppression>;
  /** Throws `invalid` with the member at fault. */
  add(draft: SuppressionDraft, by: ActorRef): Promise<Suppression>;
  replace(id: string, draft: SuppressionDraft, by: ActorRef): Promise<Suppression>;
  remove(id: string, by: ActorRef): Promise<Suppression>;
  /** Takes in many at once, as they come from elsewhere. Answers those that were not taken, and why. */
  takeIn(rules: readonly Suppression[], by: ActorRef): Promise<readonly Readonly<{ rule: Suppression; reason: string }>[]>;
  /** Puts the stored rules in force in this thread. */
  apply(): Promise<void>;
}>;

const ID = /^[A-Za-z][A-Za-z0-9]{10}$/;
const newId = (): string => `S${randomBytes(5).toString('hex')}`;

/** `/…/i` as PHP spells it, or the bare pattern. */
function patternOf(rule: string): RegExp {
  const [, delimiter, body, flags = ''] = /^([/#~!@%])(.*)\1([imsxuU]*)$/s.exec(rule) ?? [];
  if (delimiter === undefined || body === undefined) return new RegExp(rule);
  return new RegExp(body, flags.replace(/[^imsu]/g, ''));
}

/** Whether the rule hides a text. Throws `invalid` (`rule`) for a pattern that is none. */
export function matcherOf({ type, rule }: Pick<Suppression, 'type' | 'rule'>): (text: string) => boolean {
  if (type === 'contains') return (text) => text.includes(rule);
  try {
    const pattern = patternOf(rule);
    return (text) => pattern.test(text);
  } catch (cause) {
    throw invalid('rule', 'is no regular expression', cause);
  }
}

function check(draft: SuppressionDraft, others: readonly Suppression[]): void {
  for (const field of ['rule', 'example'] as const) if (draft[field].trim() === '') throw invalid(field, 'must not be empty');
  if (!matcherOf(draft)(draft.example)) throw invalid('example', 'is not hidden by the rule');
  const twin = others.find((other) => matcherOf(other)(draft.example));
  if (twin) throw invalid('example', `is hidden by the rule ${twin.id} already`);
}

function faultOf(rule: Suppression, others: readonly Suppression[]): string | undefined {
  try {
    check(rule, others);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Which lines of the log are written nowhere. */
export function createSuppressions({
  settings,
  suppress,
}: Readonly<{
  settings: Pick<Settings, 'get' | 'set'>;
  suppress(hides: ((text: string) => boolean) | undefined): void;
}>): Suppressions {
  const list = (): Promise<readonly Suppression[]> => settings.get(SUPPRESSIONS);

  function enforce(rules: readonly Suppression[]): void {
    const matchers = rules.map(matcherOf);
    suppress(matchers.length === 0 ? undefined : (text) => matchers.some((hides) => hides(text)));
  }

  async function save(rules: readonly Suppression[], by: ActorRef): Promise<void> {
    await settings.set(SUPPRESSIONS, rules, { actor: by });
    enforce(rules);
  }

  async function find(id: string): Promise<Readonly<{ found: Suppression; others: readonly Suppression[] }>> {
    if (!ID.test(id)) throw invalid('id', 'must be the 11 characters of a rule');
    const rules = await list();
    const found = rules.find((rule) => rule.id === id);
    if (!found) throw new AppError('not-found', `There is no rule ${id}.`);
    return { found, others: rules.filter((rule) => rule !== found) };
  }

  return {
    list,
    get: async (id) => (await find(id)).found,
    async add(draft, by) {
      const rules = await list();
      check(draft, rules);
      const made = { id: newId(), ...draft };
      await save([...rules, made], by);
      return made;
    },
    async replace(id, draft, by) {
      const { found, others } = await find(id);
      check(draft, others);
      const made = { id: found.id, ...draft };
      await save(
        (await list()).map((rule) => (rule.id === id ? made : rule)),
        by,
      );
      return made;
    },
    async remove(id, by) {
      const { found, others } = await find(id);
      await save(others, by);
      return found;
    },
    async takeIn(rules, by) {
      const kept = [...(await list())];
      const before = kept.length;
      const refused: { rule: Suppression; reason: string }[] = [];
      for (const rule of rules) {
        if (kept.some((other) => other.id === rule.id || (other.rule === rule.rule && other.type === rule.type))) continue;
        const reason = faultOf(rule, kept);
        if (reason === undefined) kept.push(ID.test(rule.id) ? rule : { ...rule, id: newId() });
        else refused.push({ rule, reason });
      }
      if (kept.length > before) await save(kept, by);
      return refused;
    },
    apply: async () => enforce(await list()),
  };
}
