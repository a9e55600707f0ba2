import { CARD_COLUMNS } from "#catalog";
import {
  MAX_CANDIDATES,
  MAX_COMPLETIONS,
  MAX_COMPLETIONS_LOOKED_AT,
  MAX_EXACT_CANDIDATES,
  MAX_NEAR_WORDS,
  MAX_SAME_BEGINNING,
  MAX_NAMED_CANDIDATES,
  MAX_OTHER_CANDIDATES,
  MAX_POPULAR_CANDIDATES,
  RANKED_WORDS,
} from "../domain/limits.ts";
import type { SearchSort } from "../contract.ts";
import { CLOSEST_TITLE_KEY, LOCALES_CTE, TRANSLATED_COMPLETIONS, translatedWalk } from "./translated-sql.ts";

/** Forms, synonyms and completions of one word of the query, as one alternative of the full-text expression. */
const wordExpression = (isTranslated: boolean): string => `'(' || (value ->> 'match')
  || coalesce((SELECT ' OR ' || alternatives FROM search_synonyms WHERE term = value ->> 'word'), '')
  || coalesce((SELECT group_concat(' OR "' || word || '"', '') FROM (
       SELECT word FROM (
         SELECT word, products FROM search_words WHERE word > value ->> 'word' AND word < value ->> 'completeTo'
         LIMIT ${MAX_COMPLETIONS_LOOKED_AT})
       ORDER BY products DESC LIMIT ${MAX_COMPLETIONS})), '')${isTranslated ? TRANSLATED_COMPLETIONS : ""}
  || ')'`;

/**
 * The full-text expression of a query, written by the database so that synonyms and completions cost no round trip.
 * Parameters: words and phrases of the query as JSON. `{join}` is how words are joined.
 */
const expressionSql = (join: "AND" | "OR", isTranslated: boolean): string => `
  SELECT group_concat(${wordExpression(isTranslated)}, ' ${join} ')
    || coalesce((SELECT group_concat(' OR ((' || (p.value ->> 'before') || '(' || s.alternatives || ')' || (p.value ->> 'after') || '))', '')
         FROM json_each(?2) p CROSS JOIN search_synonyms s ON s.term = p.value ->> 'term'), '')
  FROM json_each(?1)`;

/** Every index walk is cut, and none asks the index for its statistics, because those read all matches of a word. */
const walk = (table: string, limit: number): string =>
  `SELECT rowid FROM ${table} WHERE ${table} MATCH (SELECT text FROM expression) ORDER BY rowid DESC LIMIT ${limit}`;

const titleHits = (title: string): string =>
  Array.from(
    { length: RANKED_WORDS },
    (_, index) => `coalesce(instr(' ' || ${title}, ?${index + 8}) > 0, 0)`,
  ).join(" + ");

/** Sold out sinks to a third. A product that a thousand people looked at lately counts up to twice its text. */
const scoreSql = ({
  title,
  isTitle,
}: Titles): string => `(2.0 * h.tier + 3.0 * (${titleHits(title)}) / ?7 + 3.0 * (${isTitle}) + 1.0 / (10 + length(${title})))
  * (1.0 + min(1.0, ln(1.0 + coalesce(o.score, 0.0) * ?5) / 7.0))
  * CASE WHEN p.is_sold_out THEN 0.3 ELSE 1.0 END`;

/** What the words are looked for in, and whether the query is a whole title. */
type Titles = { readonly title: string; readonly isTitle: string };
const OWN_TITLES: Titles = { title: "p.title_key", isTitle: "p.title_key = ?6" };
/** A shopper may know a thing by the shop's own name, too. */
const BOTH_TITLES: Titles = {
  title: "(h.other_title || ' ' || p.title_key)",
  isTitle: "p.title_key = ?6 OR h.other_title = ?6",
};

const ORDERS: Readonly<Record<SearchSort, string>> = {
  relevance: "score DESC, number DESC",
  popular: "popularity DESC, number DESC",
  newest: "published_at_ms DESC, number DESC",
  price_asc: "price_min_minor, number",
  price_desc: "price_min_minor DESC, number DESC",
  title: "title_key, number",
};

/** Everything that was ranked, in order; once, in the first row. */
const numbersSql = (sort: SearchSort): string => `,
    CASE WHEN page.place = ?4 + 1 THEN (SELECT json_group_array(number) FROM (
      SELECT number FROM scored ORDER BY ${ORDERS[sort]})) END AS numbers`;

type SearchParts = { readonly hasNumbers?: boolean; readonly isTranslated?: boolean };

// A list of its own, because the database joins five lists at most in one statement part.
const TRANSLATED_CTES = `
  ${LOCALES_CTE},
  translated_others(number) AS MATERIALIZED (${translatedWalk("translated_search", MAX_OTHER_CANDIDATES)}),
  translated_hits(number, tier) AS MATERIALIZED (
    SELECT number, 2 FROM (${translatedWalk("translated_names", MAX_NAMED_CANDIDATES)})
    UNION ALL SELECT number, 1 FROM translated_others),`;
const TRANSLATED_HITS = `
    UNION ALL SELECT number, tier FROM translated_hits`;
const TITLED_HITS = `(SELECT number, tier, ${CLOSEST_TITLE_KEY} AS other_title FROM hits)`;
/** Of the walk that found more: either may have been cut. */
const OTHERS_COUNT = "max((SELECT count(*) FROM others), (SELECT count(*) FROM translated_others))";

/**
 * One search in one statement. Candidates come from three bounded walks (popular, named so, anywhere), newest first, and
 * from SKUs and barcodes typed in full; only they are ranked, on an index that holds all that the ranking reads.
 * Parameters: words, phrases, rows, rows to leave out, weight of a view at the landmark now, folded text, number of
 * ranked words, then the ranked words with a space before each, then the typed text; where translations are searched as
 * well, which takes two more walks, those of {@link TRANSLATED_PARAMETERS}.
 */
export const searchSql = (
  sort: SearchSort = "relevance",
  join: "AND" | "OR" = "AND",
  { hasNumbers = false, isTranslated = false }: SearchParts = {},
): string => `WITH
  expression(text) AS MATERIALIZED (${expressionSql(join, isTranslated)}),${isTranslated ? TRANSLATED_CTES : ""}
  others(number) AS MATERIALIZED (${walk("product_search", MAX_OTHER_CANDIDATES)}),
  hits(number, tier) AS MATERIALIZED (SELECT number, max(tier) FROM (
    SELECT rowid AS number, 2 AS tier FROM (${walk("popular_names", MAX_POPULAR_CANDIDATES)})
    UNION ALL SELECT rowid, 2 FROM (${walk("product_names", MAX_NAMED_CANDIDATES)})
    UNION ALL SELECT number, 1 FROM others${isTranslated ? TRANSLATED_HITS : ""}
    UNION ALL SELECT number, 1000000 FROM (
      SELECT v.product_number AS number FROM variants v WHERE v.sku COLLATE NOCASE = ?${RANKED_WORDS + 8}
      UNION SELECT v.product_number FROM variants v WHERE v.barcode = ?${RANKED_WORDS + 8} AND v.barcode IS NOT NULL
      LIMIT ${MAX_EXACT_CANDIDATES})
    ) GROUP BY number LIMIT ${MAX_CANDIDATES}),
  scored(number, score, tier, popularity, published_at_ms, price_min_minor, title_key) AS MATERIALIZED (
    SELECT h.number, ${scoreSql(isTranslated ? BOTH_TITLES : OWN_TITLES)}, h.tier, coalesce(o.score, 0.0),
      p.published_at_ms, p.price_min_minor, ${isTranslated ? "coalesce(nullif(h.other_title, ''), p.title_key)" : "p.title_key"}
    FROM ${isTranslated ? TITLED_HITS : "hits"} h CROSS JOIN products p INDEXED BY products_ranking ON p.number = h.number AND p.is_listed = 1
    LEFT JOIN product_popularity o ON o.product_number = h.number),
  page(number, score, is_exact, place) AS MATERIALIZED (
    SELECT number, score, tier > 2, row_number() OVER (ORDER BY ${ORDERS[sort]})
    FROM scored ORDER BY ${ORDERS[sort]} LIMIT ?3 OFFSET ?4)
  SELECT ${CARD_COLUMNS}, page.score, page.is_exact, (SELECT count(*) FROM scored) AS total,
    ${isTranslated ? OTHERS_COUNT : "(SELECT count(*) FROM others)"} AS others_count${hasNumbers ? numbersSql(sort) : ""}
  FROM page CROSS JOIN products p ON p.number = page.number ORDER BY page.place`;

/** Known words that share groups of three letters with a mistyped one. Parameter: the groups, as alternatives. */
export const NEAR_WORDS_SQL = `SELECT w.word AS term, w.products FROM (
    SELECT rowid AS id FROM search_word_parts WHERE search_word_parts MATCH ?1 ORDER BY rank LIMIT ${MAX_NEAR_WORDS})
  c CROSS JOIN search_words w ON w.id = c.id`;

/** Known words between two texts. */
export const SAME_BEGINNING_SQL = `SELECT word AS term, products FROM search_words WHERE word >= ?1 AND word < ?2 LIMIT ${MAX_SAME_BEGINNING}`;

/** Which of these words are known. Parameter: words as JSON. */
export const KNOWN_WORDS_SQL =
  "SELECT w.word AS term, w.products FROM json_each(?1) j CROSS JOIN search_words w ON w.word = j.value";
