import {
  FIELD_WEIGHTS,
  MAX_QUERY_TERMS,
  MAX_READ_DESCRIPTION_CHARACTERS,
  MAX_TERMS_PER_PRODUCT,
  MAX_TERM_LETTERS,
  MIN_WORD_LETTERS,
} from "./limits.ts";

/** What of a product says what it is. */
export type ProductText = {
  readonly title: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  /** Values of options and of attributes. */
  readonly options: readonly string[];
  readonly attributes: readonly string[];
  /** Any HTML; its tags are left out. */
  readonly descriptionHtml: string;
};

/** Terms of a product or a query, and how much each says. A word stands as it is, a whole value after what it is: `type=tea towel`. */
export type Terms = ReadonlyMap<string, number>;

const WORD = /[\p{L}\p{M}]+/gu;

/** What words are compared by: small letters without marks, English plurals as singulars. Words with digits are no words. */
export const meaningWords = (text: string): string[] =>
  (fold(text).match(WORD) ?? []).filter(isTelling).map(stemOf);

const fold = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .replace(/[\p{L}\p{M}]*\p{N}[\p{L}\p{M}\p{N}]*/gu, " ");

const isTelling = (word: string): boolean =>
  word.length >= MIN_WORD_LETTERS && word.length <= MAX_TERM_LETTERS && !SILENT.has(word);

const SILENT: ReadonlySet<string> = new Set(
  (
    "all and any are but can for from has have her his into its not our out that the their them they this was what when which will with you your " +
    "aus bei das dem den der des die ein eine einem einen einer fur ist mit oder und von vom zum zur"
  ).split(" "),
);

/** The word without an English plural ending; elsewhere it harms little, because products and queries lose the same. */
export function stemOf(word: string): string {
  if (word.length < 5 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /(?:x|z|ch|sh|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** The terms of a product; a term that stands in several places counts once, where it says most. */
export function termsOfProduct(product: ProductText): Terms {
  const terms = new Map<string, number>();
  const add = (term: string, weight: number): void => {
    const before = terms.get(term);
    if (before === undefined && terms.size >= MAX_TERMS_PER_PRODUCT) return;
    terms.set(term, Math.max(before ?? 0, weight));
  };
  const read = (text: string, weight: number, kind?: string): void => {
    const words = meaningWords(text);
    if (kind !== undefined && words.length > 0)
      add(`${kind}=${words.join(" ").slice(0, MAX_TERM_LETTERS)}`, weight);
    for (const word of words) add(word, weight);
  };
  read(product.title, FIELD_WEIGHTS.title);
  read(product.productType, FIELD_WEIGHTS.productType, "type");
  for (const tag of product.tags) read(tag, FIELD_WEIGHTS.tag, "tag");
  for (const value of product.attributes) read(value, FIELD_WEIGHTS.attribute);
  read(product.vendor, FIELD_WEIGHTS.vendor, "vendor");
  for (const value of product.options) read(value, FIELD_WEIGHTS.option);
  read(openingOf(product.descriptionHtml), FIELD_WEIGHTS.description);
  return terms;
}

/** How a description begins, without its tags. */
export const openingOf = (html: string): string =>
  html
    .slice(0, MAX_READ_DESCRIPTION_CHARACTERS * 4)
    .replace(/<[^>]*>?/g, " ")
    .replace(/&[a-z#0-9]{1,8};/gi, " ")
    .slice(0, MAX_READ_DESCRIPTION_CHARACTERS);

/** The terms of a query. */
export const termsOfQuery = (text: string): Terms =>
  new Map(
    [...new Set(meaningWords(text))].slice(0, MAX_QUERY_TERMS).map((word) => [word, FIELD_WEIGHTS.title]),
  );
