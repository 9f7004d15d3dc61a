export { applyIgnoreRules } from './apply-ignore-rules.ts';
export { type IgnoreRule, type KnownIds, parseRule, RULE_TYPES, type RuleParts, type RuleType, ruleOf } from './ignore-rule.ts';
export { ignoreRuleMigrations } from './ignore-rules.schema.store.ts';
export { createIgnoreRules, type IgnoreRuleFilter, type IgnoreRules, type StoredIgnoreRule } from './ignore-rules.store.ts';
