import type { Facet } from "#browse";
import type { Key } from "#words";
import type { Speech } from "#web";

/** What lists are filtered by in every shop, in the words that the index has for it; all else is the merchant's. */
const OWN_WORDS = {
  Stock: "facet.stock",
  "In stock": "facet.in_stock",
  Offers: "facet.offers",
  "On sale": "facet.on_sale",
  Kind: "facet.kind",
  Maker: "facet.maker",
} as const satisfies Readonly<Record<string, Key>>;

const isOwn = (word: string): word is keyof typeof OWN_WORDS => Object.hasOwn(OWN_WORDS, word);

/** Facets whose words the shop itself has, in the language of the page; the merchant's stay as they were written. */
export const facetsInWords = ({ say }: Speech, facets: readonly Facet[]): readonly Facet[] =>
  facets.map((facet) => ({
    ...facet,
    label: isOwn(facet.label) ? say(OWN_WORDS[facet.label]) : facet.label,
    values: facet.values.map((value) => ({
      ...value,
      label: isOwn(value.label) ? say(OWN_WORDS[value.label]) : value.label,
    })),
  }));
