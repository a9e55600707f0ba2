import { MAX_TERMS } from "./limits.ts";
import type { Term } from "./terms.ts";

/** Numbers for terms. Collections are terms of a facet that nobody sees. */
export const COLLECTION_FACET = "\u0001collection";

type FacetEntry = { readonly key: string; readonly label: string };
export type DictionaryImage = {
  readonly facets: readonly FacetEntry[];
  readonly terms: readonly { readonly facet: number; readonly value: string; readonly label: string }[];
};

/**
 * Gives every term a small number, for ever: what a product is filed under is then a few integers. The first spelling
 * that was seen is the label of a value, so `A3` and `a3` are one.
 */
export class TermDictionary {
  readonly #facets: FacetEntry[] = [];
  readonly #facetIds = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #labels: string[] = [];
  readonly #facetOf: number[] = [];
  readonly #ids = new Map<string, number>();

  static restore(image: DictionaryImage): TermDictionary {
    const dictionary = new TermDictionary();
    for (const { key, label } of image.facets) dictionary.#facetId(key, label);
    for (const { facet, value, label } of image.terms) {
      const entry = image.facets[facet];
      if (entry) dictionary.idOf({ facet: entry.key, facetLabel: entry.label, value, label });
    }
    return dictionary;
  }

  get size(): number {
    return this.#values.length;
  }

  /** Keys and labels of the facets, in the order in which they were first seen. */
  get facets(): readonly FacetEntry[] {
    return this.#facets;
  }

  /** The number of a term, given now if it is new; `undefined` when there are too many. */
  idOf(term: Term): number | undefined {
    const facet = this.#facetId(term.facet, term.facetLabel);
    const key = `${facet} ${term.value}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#values.length;
    if (id >= MAX_TERMS) return undefined;
    this.#ids.set(key, id);
    this.#values.push(term.value);
    this.#labels.push(term.label);
    this.#facetOf.push(facet);
    return id;
  }

  /** The number of a term that is there already. */
  find(facetKey: string, value: string): number | undefined {
    const facet = this.#facetIds.get(facetKey);
    return facet === undefined ? undefined : this.#ids.get(`${facet} ${value}`);
  }

  facetIndexOf(id: number): number {
    return this.#facetOf[id] ?? -1;
  }

  valueOf(id: number): string {
    return this.#values[id] ?? "";
  }

  labelOf(id: number): string {
    return this.#labels[id] ?? "";
  }

  image(): DictionaryImage {
    return {
      facets: this.#facets,
      terms: this.#values.map((value, id) => ({
        facet: this.facetIndexOf(id),
        value,
        label: this.labelOf(id),
      })),
    };
  }

  #facetId(key: string, label: string): number {
    const known = this.#facetIds.get(key);
    if (known !== undefined) return known;
    const id = this.#facets.length;
    this.#facetIds.set(key, id);
    this.#facets.push({ key, label });
    return id;
  }
}
