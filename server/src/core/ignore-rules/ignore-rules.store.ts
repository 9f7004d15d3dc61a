import { AppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Handle, type Selectable, sql } from '#platform/db/index.ts';
import { formatRule, type IgnoreRule, type RuleType } from './ignore-rule.ts';
import type { IgnoreRuleTables } from './ignore-rules.schema.store.ts';

/** `rule` is its canonical form; `title` what the id stands for, where that is known here. */
export type StoredIgnoreRule = IgnoreRule & Readonly<{ rule: string; title?: string; createdAt: Instant }>;

export type IgnoreRuleFilter = Readonly<Partial<Pick<IgnoreRule, 'type' | 'provider' | 'value' | 'account'>>>;

export type IgnoreRules = Readonly<{
  /** Oldest first. */
  list(person: PersonId, filter?: IgnoreRuleFilter): Promise<readonly StoredIgnoreRule[]>;
  /** Throws `conflict` where it is there already, or where a rule for the whole account covers it. `createdAt` is now unless told. */
  add(person: PersonId, rule: IgnoreRule, createdAt?: Instant): Promise<StoredIgnoreRule>;
  /** Answers what was removed. Throws `not-found`. */
  remove(person: PersonId, rule: IgnoreRule): Promise<StoredIgnoreRule>;
  /** What concerns an account's next word. */
  forAccount(account: Readonly<{ personId: PersonId; name: string }>): Promise<readonly IgnoreRule[]>;
}>;

type Row = Selectable<IgnoreRuleTables['ignore_rule']>;

/** On the handle given: the whole database, or the transaction that the work belongs to. */
export function createIgnoreRules(handle: Handle, { clock }: Readonly<{ clock: Clock }>): IgnoreRules {
  const db = handle.tables<IgnoreRuleTables>();

  async function find(person: PersonId, filter: IgnoreRuleFilter & Readonly<{ rule?: string }>): Promise<readonly StoredIgnoreRule[]> {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
    const conditions = wanted.map(([name, value]) => sql`${sql.ref(`r.${name}`)} = ${value}`);
    const { rows } = await sql<Row & { title: string | null }>`
      select r.*, case when m.kind = 'episode' then coalesce(s.title, m.title) else m.title end as title from ignore_rule r
      left join external_id e on e.kind = r.type and e.provider = r.provider and e.value = r.value
      left join media m on m.id = e.media_id left join media s on s.id = m.show_id
      where ${sql.join([sql`r.person_id = ${person}`, ...conditions], sql` and `)} order by r.id`.execute(db);
    return rows.map((row) => ({
      ...ruleIn(row),
      rule: row.rule,
      createdAt: row.created_at,
      ...(row.title !== null && { title: row.title }),
    }));
  }

  return {
    list: (person, filter = {}) => find(person, filter),

    async add(person, rule, createdAt) {
      const text = formatRule(rule);
      const { upstreamId, ...whole } = rule;
      const [covering] = upstreamId === undefined ? [] : await find(person, { rule: formatRule(whole) });
      if (covering) throw new AppError('conflict', `The rule ${covering.rule} covers all items of ${rule.account} already.`);
      const added = await db
        .insertInto('ignore_rule')
        .values({ ...whole, person_id: person, rule: text, upstream_id: upstreamId ?? null, created_at: createdAt ?? clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      const [stored] = await find(person, { rule: text });
      if (!added || !stored) throw new AppError('conflict', `The rule ${text} is there already.`);
      return stored;
    },

    async remove(person, rule) {
      const text = formatRule(rule);
      const [stored] = await find(person, { rule: text });
      if (!stored) throw new AppError('not-found', `There is no rule ${text}.`);
      await db.deleteFrom('ignore_rule').where('person_id', '=', person).where('rule', '=', text).execute();
      return stored;
    },

    async forAccount({ personId, name }) {
      const rows = await db.selectFrom('ignore_rule').selectAll().where('person_id', '=', personId).where('account', '=', name).execute();
      return rows.map(ruleIn);
    },
  };
}

const ruleIn = (row: Row): IgnoreRule => ({
  type: row.type as RuleType,
  provider: row.provider,
  value: row.value,
  account: row.account,
  ...(row.upstream_id !== null && { upstreamId: row.upstream_id }),
});
