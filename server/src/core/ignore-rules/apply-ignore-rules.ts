import { isProvider, normaliseExternalId } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import type { IgnoreRule, RuleType } from './ignore-rule.ts';

/** The items without the ids that these rules name. Rules are those of the account that the items were read with. */
export function applyIgnoreRules(items: readonly UpstreamItem[], rules: readonly IgnoreRule[]): readonly UpstreamItem[] {
  if (rules.length === 0) return items;
  const byId = Map.groupBy(rules, (rule) => keyOf(rule.type, rule.provider, rule.value));

  function without(ids: ExternalIds, type: RuleType, upstreamId: string): ExternalIds {
    const ignored = ([provider, value]: readonly [string, string]): boolean => {
      const spelled = isProvider(provider) ? (normaliseExternalId(provider, value) ?? value) : value;
      const found = byId.get(keyOf(type, provider, spelled)) ?? [];
      return found.some((rule) => rule.upstreamId === undefined || rule.upstreamId === upstreamId);
    };
    const told = Object.entries(ids);
    const kept = told.filter((id) => !ignored(id));
    return kept.length === told.length ? ids : Object.fromEntries(kept);
  }

  return items.map((item) => {
    const ids = without(item.ids, item.kind, item.upstreamId);
    const show = item.show && { ...item.show, ids: without(item.show.ids, 'show', item.show.upstreamId) };
    return ids === item.ids && show?.ids === item.show?.ids ? item : { ...item, ids, ...(show && { show }) };
  });
}

const keyOf = (type: string, provider: string, value: string): string => `${type} ${provider} ${value}`;
