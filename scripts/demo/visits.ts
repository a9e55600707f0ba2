import type { ShopperEvent, SynonymInput } from "#search";

// What a shop learns by itself, so that a new one has something to show: words with one meaning, and some visits.

/** Groups of synonyms by id. */
export const SYNONYMS: Readonly<Record<string, SynonymInput>> = {
  poster: { kind: "same", terms: ["print", "poster", "wall art"] },
  dishcloth: { kind: "same", terms: ["tea towel", "dishcloth", "kitchen towel"] },
  blanket: { kind: "same", terms: ["throw", "blanket"] },
  journal: { kind: "same", terms: ["notebook", "journal", "sketchbook"] },
  pillow: { kind: "one_way", terms: ["pillow", "cushion"] },
};

const view = (handle: string, ...after: string[]): ShopperEvent => ({ kind: "view", handle, after });
const found = (query: string, handle: string): ShopperEvent[] => [
  { kind: "search", query, isMiss: false },
  { kind: "click", query, handle },
];
const missed = (query: string): ShopperEvent => ({ kind: "search", query, isMiss: true });

/** Visits of some shoppers: what they searched for, looked at and put into their carts. */
export const VISITS: readonly (readonly ShopperEvent[])[] = [
  [...found("blue print", "heron"), view("heron"), view("tide", "heron"), { kind: "cart", handle: "heron" }],
  [...found("blue print", "tide"), view("tide"), view("isobar", "tide"), { kind: "cart", handle: "tide" }],
  [...found("blue print", "heron"), view("heron"), view("paddock", "heron")],
  [...found("tea towel", "kiln-leaf"), view("kiln-leaf"), view("harbour-stripe", "kiln-leaf")],
  [...found("tea towel", "kiln-leaf"), view("kiln-leaf"), { kind: "cart", handle: "kiln-leaf" }],
  [...found("tea towel", "tooth-check"), view("tooth-check"), view("kiln-leaf", "tooth-check")],
  [...found("dotted notebook", "paddock"), view("paddock"), view("almanac", "paddock")],
  [...found("dotted notebook", "almanac"), view("almanac"), { kind: "cart", handle: "paddock" }],
  [...found("dotted notebook", "paddock"), view("paddock"), view("heron", "paddock")],
  [...found("bathroom tile", "fish-scale"), view("fish-scale"), view("compass", "fish-scale")],
  [...found("bathroom tile", "compass"), view("compass"), { kind: "cart", handle: "compass" }],
  [...found("bathroom tile", "fish-scale"), view("fish-scale")],
  [missed("curtain"), missed("rug"), view("marguerite")],
  [missed("curtain"), view("long-meadow")],
];
