import type { PictureInput, ProductInput, VariantInput } from "#catalog";
import type { EpochMs } from "#kernel";
import { DYES } from "./draw/dyes.ts";
import type { PatternSpec } from "./goods/good.ts";
import { typedFacts } from "./model.ts";
import type { DrawnPicture } from "./pictures.ts";
import { RULEBOOK } from "./rules/rulebook.ts";

/** A product as the shop takes it, with the files that its pictures name. */
export type DemoProduct = { readonly input: ProductInput; readonly drawings: readonly DrawnPicture[] };

const DAY_MS = 86_400_000;
const VENDOR = "Kerbside Editions";

/** Where the shop serves a file of its media. */
export const mediaPath = (name: string): string => `/media/${name}`;

/** A drawn file as the product names it. */
export const pictureInput = ({ name, alt, width, height }: DrawnPicture): PictureInput => ({
  url: mediaPath(name),
  alt,
  width,
  height,
});

const escapeHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Plain sentences as paragraphs of HTML. */
export const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n");

/** Says by which rule and seed a pattern was drawn. */
export const ruleSentence = ({ rule, seed }: PatternSpec): string => {
  const { number, name } = RULEBOOK[rule];
  return `${name}. Rule ${String(number)}, seed ${String(seed)}. The same rule and seed always draw the same lines.`;
};

/** The same as facts for a list, with the colours by name. */
export const ruleFacts = ({ rule, seed, inks, ground }: PatternSpec): ProductInput["attributes"] => [
  { name: "Rule", value: `${String(RULEBOOK[rule].number)}, ${RULEBOOK[rule].name.toLowerCase()}` },
  { name: "Seed", value: String(seed) },
  { name: "Colours", value: [...new Set([...inks, ground].map((ink): string => DYES[ink].name))].join(", ") },
];

const FAMILIES: readonly (readonly [string, RegExp])[] = [
  ["blue", /indigo|ink|denim|sky|slate/],
  ["green", /pine|moss|sage|celery|olive|verdigris|teal/],
  ["red", /madder|rust|terracotta|rose|clay/],
  ["yellow", /ochre|marigold|straw|apricot/],
  ["purple", /plum|aubergine|lilac/],
  ["black", /graphite/],
];
const colourTags = ({ inks, ground }: PatternSpec): string[] =>
  FAMILIES.filter(([, dyes]) => dyes.test([ground, ...inks.slice(0, 2)].join(" "))).map(([family]) => family);

/** What differs between goods; the rest is the same for all. */
export type Draft = Pick<
  ProductInput,
  "handle" | "title" | "descriptionHtml" | "productType" | "options" | "attributes"
> & {
  readonly collection: string;
  readonly pattern?: PatternSpec;
  readonly variants: readonly VariantInput[];
  readonly drawings: readonly DrawnPicture[];
  readonly ageDays: number;
  readonly sentence: string;
};

/** Completes a draft: vendor, tags, pictures, the day it came into the shop. */
export function finish(draft: Draft, now: EpochMs): DemoProduct {
  const { collection, pattern, drawings, ageDays, sentence, ...rest } = draft;
  const input: ProductInput = {
    ...rest,
    status: "active",
    vendor: VENDOR,
    tags: [
      collection,
      ...(pattern === undefined ? [] : [RULEBOOK[pattern.rule].name.toLowerCase(), ...colourTags(pattern)]),
    ],
    pictures: drawings.map(pictureInput),
    collections: [collection],
    seoDescription: sentence,
    publishedAtMs: now - ageDays * DAY_MS,
    ...(pattern === undefined ? {} : { typed: typedFacts(collection, pattern) }),
  };
  return { input, drawings };
}
