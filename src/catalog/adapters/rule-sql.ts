import { DAY_MS } from "#kernel";
import type { CollectionRule, RuleCondition } from "../contract-model.ts";
import { foldText } from "../domain/listing.ts";

// The one place where a rule is understood: a statement asks the same of one product, of a range of them or of all
// rules at once, so no two ways of placing a product can differ.

/** What the database keeps of a condition: a title is compared with the folded one that lists sort by. */
type StoredCondition = RuleCondition & { readonly titleKey?: string };

/** The rule as it is stored. */
export const storedRule = (rule: CollectionRule): string =>
  JSON.stringify({
    match: rule.match,
    conditions: rule.conditions.map((condition): StoredCondition =>
      condition.kind === "title" ? { ...condition, titleKey: foldText(condition.contains) } : condition,
    ),
  });

/** The rule as it was given. */
export function ruleOf(json: string): CollectionRule {
  const { match, conditions } = JSON.parse(json) as {
    readonly match: CollectionRule["match"];
    readonly conditions: readonly StoredCondition[];
  };
  return {
    match,
    conditions: conditions.map((condition) =>
      condition.kind === "title" ? { kind: "title", contains: condition.contains } : condition,
    ),
  };
}

const VALUE = "(p.typed_values ->> (k.value ->> 'key'))";

/** A bound is of use for numbers only: a text is never within it. */
const within = (bound: string, comparison: ">=" | "<="): string =>
  `(k.value ->> '${bound}' IS NULL OR (typeof(${VALUE}) IN ('integer', 'real') AND ${VALUE} ${comparison} k.value ->> '${bound}'))`;

/** Whether product `p` meets the condition `k.value`; never NULL. Tags are compared without regard to ASCII case. */
const meets = (nowMs: string): string => `coalesce(CASE k.value ->> 'kind'
    WHEN 'tag' THEN EXISTS (SELECT 1 FROM json_each(p.tags) tag WHERE tag.value = k.value ->> 'tag' COLLATE NOCASE)
    WHEN 'type' THEN p.type_key = k.value ->> 'type' OR p.product_type = k.value ->> 'type' COLLATE NOCASE
    WHEN 'vendor' THEN p.vendor = k.value ->> 'vendor' COLLATE NOCASE
    WHEN 'attribute' THEN ${VALUE} IS NOT NULL
      AND (k.value ->> 'value' IS NULL OR ${VALUE} = k.value ->> 'value' COLLATE NOCASE)
      AND ${within("minimum", ">=")} AND ${within("maximum", "<=")}
    WHEN 'price' THEN p.price_min_minor >= coalesce(k.value ->> 'minimumMinor', 0)
      AND (k.value ->> 'maximumMinor' IS NULL OR p.price_min_minor <= k.value ->> 'maximumMinor')
    WHEN 'sale' THEN p.compare_at_minor > p.price_min_minor
    WHEN 'in_stock' THEN p.availability_rank <> 4
    WHEN 'new' THEN p.published_at_ms > ${nowMs} - (k.value ->> 'days') * ${DAY_MS}
    WHEN 'title' THEN instr(p.title_key, k.value ->> 'titleKey') > 0
  END, 0)`;

/**
 * Whether product `p` is one that the rule takes. `rule` is an expression for the stored rule, `nowMs` one for the
 * instant that ages are counted from.
 */
export const takes = (rule: string, nowMs: string): string => `(CASE ${rule} ->> 'match'
  WHEN 'any' THEN EXISTS (SELECT 1 FROM json_each(${rule}, '$.conditions') k WHERE ${meets(nowMs)})
  ELSE NOT EXISTS (SELECT 1 FROM json_each(${rule}, '$.conditions') k WHERE NOT ${meets(nowMs)}) END)`;

/** The same for collection `c`: its rule takes product `p`, and nobody has left the product out. */
export const belongs = (nowMs: string): string => `(${takes("c.rule", nowMs)} AND NOT EXISTS
  (SELECT 1 FROM collection_exclusions x WHERE x.collection_id = c.id AND x.product_number = p.number))`;
