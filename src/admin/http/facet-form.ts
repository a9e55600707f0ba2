import type { FacetDefinition, FacetSource, StoredFacets } from "#browse";
import { readRows, writeRows, type Values } from "./form-rows.ts";

const PARTS = ["place", "label", "key", "sources", "valueOrder", "isActive"] as const;

/** A source in the words of the form; prices are never one of staff's. */
const PLAIN = { vendor: "vendor", product_type: "kind", availability: "stock", sale: "offers" } as const;

function sourceText(source: FacetSource): string {
  if (source.kind === "option" || source.kind === "attribute") return `${source.kind}: ${source.name}`;
  if (source.kind === "tag") return `tag: ${source.prefix}`;
  return source.kind === "price" ? "price" : PLAIN[source.kind];
}

/** The form of the facets as they are stored. */
export const facetFormOf = ({ facets, version }: StoredFacets): Values => ({
  version: String(version),
  ...writeRows(
    "facet",
    (facets ?? []).map((facet, index) => ({
      place: String(index + 1),
      label: facet.label,
      key: facet.key,
      sources: facet.sources.map(sourceText).join(", "),
      valueOrder: facet.valueOrder,
      isActive: facet.isActive ? "yes" : "no",
    })),
  ),
});

/** What was typed, in the order of the places, and the same as the API's body would hold it. */
export function readFacetForm(form: Values): { readonly values: Values; readonly items: readonly unknown[] } {
  const rows = readRows(form, "facet", { parts: PARTS, matters: ["label", "key", "sources"] }).toSorted(
    (a, b) => placeOf(a.place) - placeOf(b.place),
  );
  return {
    values: {
      version: form["version"] ?? "0",
      ...writeRows(
        "facet",
        rows.map((row, index) => ({ ...row, place: String(index + 1) })),
      ),
    },
    items: rows.map((row, index) => ({
      key: row.key,
      label: row.label,
      sources: row.sources
        .split(",")
        .map((text) => text.trim())
        .filter((text) => text !== "")
        .map(readSource),
      position: index,
      isActive: row.isActive !== "no",
      valueOrder: row.valueOrder === "natural" ? "natural" : "count",
    })) satisfies readonly Readonly<Record<keyof FacetDefinition, unknown>>[],
  };
}

/** Rows without a place come last, in their order. */
const placeOf = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : 1_000);

/** A source as the API writes it; one that cannot be read is refused by the API's rules. */
function readSource(text: string): unknown {
  const [first = "", ...rest] = text.split(":");
  const word = first.trim().toLowerCase();
  const name = rest.join(":").trim();
  if (word === "option" || word === "attribute") return { kind: word, name };
  if (word === "tag") return { kind: "tag", prefix: name };
  const plain = Object.entries(PLAIN).find(([, label]) => label === word);
  return { kind: plain?.[0] ?? word };
}

/** `items/2/sources/0/kind` is the cell of that row. */
export const facetFieldOf = (field: string): string => {
  const [, row, part] = /^items\/(\d+)(?:\/(\w+))?/.exec(field) ?? [];
  return row === undefined ? "facet.0.key" : `facet.${row}.${part ?? "key"}`;
};
