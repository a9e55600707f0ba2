/**
 * A sentence with a count: one text for each CLDR plural category that the language has, `none` where zero reads
 * otherwise. Every text may name `{count}`.
 */
export type PluralMessage = { readonly none?: string } & {
  readonly [category in Exclude<Intl.LDMLPluralRule, "other">]?: string;
} & { readonly other: string };

/** A sentence of the shop; `{name}` stands for a value. */
export type Message = string | PluralMessage;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The values that a message names. */
export type NamesOf<M> = M extends string
  ? NamesIn<M>
  : M extends PluralMessage
    ? "count" | NamesIn<Extract<M[keyof M], string>>
    : never;

/** An area of the catalogue in another language: the same keys, a sentence for a sentence, plurals for plurals. */
export type Area<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : PluralMessage;
};

const PLACEHOLDER = /\{([a-z]+)\}/gi;

/** The names in a text, each once and sorted: translations have those of the English one. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name))].sort();

/** A text cut at its placeholders: what stands between them as it is, what stands in them by `fill`. */
export const pieces = <V>(text: string, fill: (name: string) => V): (string | V)[] =>
  text
    .split(PLACEHOLDER)
    .flatMap((part, index): (string | V)[] => (index % 2 === 1 ? [fill(part)] : part === "" ? [] : [part]));
