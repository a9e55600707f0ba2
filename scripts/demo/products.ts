import type { PictureInput, ProductInput, VariantInput } from "#catalog";
import type { EpochMs } from "#kernel";
import { DYES } from "./draw/dyes.ts";
import { CLOTHS, type ClothGood } from "./goods/cloths.ts";
import type { PatternSpec } from "./goods/good.ts";
import { NOTEBOOKS, type NotebookGood } from "./goods/notebooks.ts";
import { PRINTS, type PrintGood } from "./goods/prints.ts";
import { TILES, type TileGood } from "./goods/tiles.ts";
import {
  bookThickness,
  clothPictures,
  moreRooms,
  notebookPictures,
  printPictures,
  tilePictures,
  tileThickness,
  type DrawnPicture,
} from "./pictures.ts";
import { RULEBOOK } from "./rules/rulebook.ts";
import { notebookVariants, plainVariant, printVariants, tileVariants, type Sale } from "./variants.ts";

/** A product as the shop takes it, with the files that its pictures name. */
export type DemoProduct = { readonly input: ProductInput; readonly drawings: readonly DrawnPicture[] };

const DAY_MS = 86_400_000;
const VENDOR = "Kerbside Editions";

/** Where the shop serves a file of its media. */
export const mediaPath = (name: string): string => `/media/${name}`;
export const pictureInput = ({ name, alt, width, height }: DrawnPicture): PictureInput => ({
  url: mediaPath(name),
  alt,
  width,
  height,
});

/** Longest title that the shop plants, to try its cards and lines with. */
export const LONG_TITLE =
  "Long meadow, table runner in stonewashed linen for a table of six to eight, hand hemmed with mitred corners, 34 × 160 cm";

const escapeHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n");

const ruleSentence = ({ rule, seed }: PatternSpec): string => {
  const { number, name } = RULEBOOK[rule];
  return `${name}. Rule ${String(number)}, seed ${String(seed)}. The same rule and seed always draw the same lines.`;
};
const ruleFacts = ({ rule, seed, inks, ground }: PatternSpec): ProductInput["attributes"] => [
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

type Draft = Pick<
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

function finish(draft: Draft, now: EpochMs): DemoProduct {
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
  };
  return { input, drawings };
}

/** Days since each product came into the shop, by its place in its collection: the first of each kind are new. */
const ageOf = (index: number): number => (index < 3 ? 4 + index * 9 : 60 + index * 23);

function printProduct(good: PrintGood, index: number, now: EpochMs): DemoProduct {
  const isTwoInk = good.handle === "switchback";
  const pine: PrintGood = {
    ...good,
    handle: `${good.handle}-pine`,
    pattern: { ...good.pattern, inks: ["pine", "moss", "terracotta"] },
    room: { ...good.room, wall: "sage", accent: "pine", second: "pine" },
  };
  const drawings = [
    ...printPictures(good),
    ...(good.handle === "isobar" ? moreRooms(good, ["chair", "console", "hall", "desk"]) : []),
    ...(isTwoInk ? printPictures(pine).slice(0, 1) : []),
  ];
  const inks = [
    { label: "Indigo", code: "INDIGO" },
    { label: "Pine", code: "PINE" },
  ];
  const variants = printVariants(good.code, isTwoInk ? inks : []).map((variant) =>
    saleOnPrint(
      good,
      isTwoInk ? { ...variant, pictureIndex: variant.sku.includes("-PINE-") ? 5 : 0 } : variant,
    ),
  );
  return finish(
    {
      handle: good.handle,
      title: `${good.name}, print on cotton paper`,
      sentence: good.character,
      descriptionHtml: paragraphs(
        good.character,
        ruleSentence(good.pattern),
        "Printed with pigment ink on cotton paper, 300 g/m², with a white border. Frames are of solid oak or black ash, glazed with acrylic, ready to hang.",
      ),
      productType: "Print",
      options: [...(isTwoInk ? ["Ink"] : []), "Size", "Frame"],
      collection: "prints",
      pattern: good.pattern,
      variants,
      drawings,
      ageDays: ageOf(index),
      attributes: [
        { name: "Material", value: "cotton paper, 300 g/m²" },
        { name: "Sizes", value: "21 × 29.7, 29.7 × 42, 50 × 70, 70 × 100 cm" },
        { name: "Frame", value: "20 mm wide, 28 mm deep" },
        ...ruleFacts(good.pattern),
      ],
    },
    now,
  );
}

/** Shingle is reduced: a fifth off the price before, whole euros. */
function saleOnPrint({ handle }: PrintGood, variant: VariantInput): VariantInput {
  if (handle !== "shingle") return variant;
  const reduced = Math.floor((variant.priceMinor * 0.8) / 100) * 100;
  return {
    ...variant,
    priceMinor: reduced,
    compareAtMinor: variant.priceMinor,
    lowest30DaysMinor: variant.priceMinor - 100,
  };
}

type ClothOffer = {
  readonly option?: string;
  readonly choices: readonly (readonly [
    label: string,
    code: string,
    priceMinor: number,
    weightGrams: number,
  ])[];
  readonly sale?: Sale;
};

/** What is sold of each cloth: option, values, prices in cents, weights in grams. */
const CLOTH_OFFERS: Readonly<Record<string, ClothOffer>> = {
  "kiln-leaf": {
    option: "Colour",
    choices: [
      ["Rust", "RUST", 1_800, 120],
      ["Pine", "PINE", 1_800, 120],
    ],
  },
  "harbour-stripe": {
    option: "Colour",
    choices: [
      ["Indigo", "INDIGO", 1_900, 110],
      ["Madder", "MADDER", 1_900, 110],
    ],
  },
  "tooth-check": {
    option: "Pack",
    choices: [
      ["One", "1", 1_600, 130],
      ["Set of three", "3", 4_300, 390],
    ],
  },
  plait: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 4_200, 280],
      ["60 × 40 cm", "60", 4_200, 270],
    ],
  },
  marguerite: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 4_400, 260],
      ["60 × 40 cm", "60", 4_400, 250],
    ],
  },
  sawtooth: {
    option: "Size",
    choices: [
      ["110 × 140 cm", "110", 13_900, 820],
      ["140 × 180 cm", "140", 17_900, 1_300],
    ],
  },
  sedge: {
    option: "Colour",
    choices: [
      ["Celery", "CELERY", 3_600, 340],
      ["Pine", "PINE", 3_600, 340],
    ],
  },
  "long-meadow": { choices: [["", "RUNNER", 5_800, 310]] },
  "scallop-bay": {
    option: "Size",
    choices: [
      ["50 × 100 cm", "50", 2_600, 300],
      ["70 × 140 cm", "70", 4_400, 560],
    ],
    sale: { compareAtMinor: 5_500, lowest30DaysMinor: 4_900 },
  },
  packhouse: {
    option: "Size",
    choices: [
      ["50 × 50 cm", "50", 1_600, 60],
      ["70 × 70 cm", "70", 2_200, 90],
      ["100 × 100 cm", "100", 3_400, 160],
    ],
  },
};

/** The second colour of a cloth that comes in two. */
const SECOND_COLOURS: Readonly<Record<string, Pick<PatternSpec, "ground" | "inks">>> = {
  "kiln-leaf": { ground: "oat", inks: ["pine", "moss", "umber", "ochre"] },
  "harbour-stripe": { ground: "bone", inks: ["madder", "rust", "rose"] },
  sedge: { ground: "pine", inks: ["celery", "sage", "marigold"] },
};

function clothProduct(good: ClothGood, index: number, now: EpochMs): DemoProduct {
  const offer = CLOTH_OFFERS[good.handle] ?? { choices: [] };
  const second = SECOND_COLOURS[good.handle];
  const other =
    second === undefined
      ? []
      : clothPictures({
          ...good,
          handle: `${good.handle}-second`,
          pattern: { ...good.pattern, ...second },
        }).slice(0, 1);
  const drawings = [...clothPictures(good), ...other];
  const variants = offer.choices.map(([label, code, priceMinor, weightGrams], place): VariantInput => ({
    ...plainVariant({
      sku: `KE-CL-${good.code}-${code}`,
      optionValues: offer.option === undefined ? [] : [label],
      priceMinor,
      weightGrams,
    }),
    ...(offer.sale === undefined || place === 0 ? {} : offer.sale),
    ...(second === undefined ? {} : { pictureIndex: place === 0 ? 0 : 5 }),
  }));
  const measures = `${String(good.size[0] / 10)} × ${String(good.size[1] / 10)} cm`;
  return finish(
    {
      handle: good.handle,
      title: good.handle === "long-meadow" ? LONG_TITLE : `${good.name}, ${good.kind}`,
      sentence: good.character,
      descriptionHtml: paragraphs(
        good.character,
        ruleSentence(good.pattern),
        `Woven and sewn from ${good.material}. Wash at 40 °C with like colours, iron while damp.`,
      ),
      productType: good.kind.charAt(0).toUpperCase() + good.kind.slice(1),
      options: offer.option === undefined ? [] : [offer.option],
      collection: "cloth",
      pattern: good.pattern,
      variants,
      drawings,
      ageDays: ageOf(index),
      attributes: [
        { name: "Material", value: good.material },
        { name: "As drawn", value: measures },
        { name: "Care", value: "wash at 40 °C" },
        ...ruleFacts(good.pattern),
      ],
    },
    now,
  );
}

/** Price of one tile in a box, in cents, by handle; 380 where nothing is said. */
const TILE_PRICES: Readonly<Record<string, number>> = {
  "courtyard-star": 520,
  gravel: 460,
  compass: 490,
  fernery: 560,
};

function tileProduct(good: TileGood, index: number, now: EpochMs): DemoProduct {
  return finish(
    {
      handle: good.handle,
      title: good.title ?? `${good.name}, ceramic tile`,
      sentence: good.character,
      descriptionHtml: paragraphs(
        good.character,
        ruleSentence(good.pattern),
        `15 × 15 cm, ${good.material}. For walls indoors; 25 tiles cover 0.56 m², 50 cover 1.12 m². Order one tenth more for cuts.`,
      ),
      productType: "Tile",
      options: ["Pack"],
      collection: "tiles",
      pattern: good.pattern,
      variants: tileVariants(good.code, TILE_PRICES[good.handle] ?? 380),
      drawings: tilePictures(good),
      ageDays: ageOf(index),
      attributes: [
        { name: "Material", value: good.material },
        { name: "Size", value: `15 × 15 cm, ${String(tileThickness(good))} mm thick` },
        { name: "Use", value: "walls indoors" },
        ...ruleFacts(good.pattern),
      ],
    },
    now,
  );
}

function notebookProduct(good: NotebookGood, index: number, now: EpochMs): DemoProduct {
  const isSmall = good.size[0] < 120;
  const isOnSale = good.handle === "current";
  const priceMinor = isOnSale ? 1_100 : isSmall ? 1_000 : good.pages > 180 ? 1_800 : 1_400;
  const sale = isOnSale ? { sale: { compareAtMinor: 1_400, lowest30DaysMinor: 1_250 } } : {};
  return finish(
    {
      handle: good.handle,
      title: `${good.name}, ${isSmall ? "A6" : "A5"} notebook`,
      sentence: good.character,
      descriptionHtml: paragraphs(
        good.character,
        ruleSentence(good.pattern),
        `${String(good.pages)} pages of 90 g/m² paper, thread sewn, so that it lies flat. Card cover, spine of ${DYES[good.spine].name} book cloth.`,
      ),
      productType: "Notebook",
      options: ["Ruling"],
      collection: "notebooks",
      pattern: good.pattern,
      drawings: notebookPictures(good),
      ageDays: ageOf(index),
      variants: notebookVariants(good.code, { priceMinor, weightGrams: isSmall ? 120 : 260, ...sale }),
      attributes: [
        { name: "Material", value: "card, book cloth, 90 g/m² paper" },
        {
          name: "Size",
          value: `${String(good.size[0] / 10)} × ${String(good.size[1] / 10)} cm, ${String(bookThickness(good))} mm thick`,
        },
        { name: "Pages", value: String(good.pages) },
        ...ruleFacts(good.pattern),
      ],
    },
    now,
  );
}

/** The tenth notebook: every cover differs, so there is no picture of it. */
const trimmingNotebook = (now: EpochMs): DemoProduct =>
  finish(
    {
      handle: "trimming-table",
      title: "Trimming table, A6 notebook",
      sentence: "Bound from what the trimming table leaves over.",
      descriptionHtml: paragraphs(
        "Bound from what the trimming table leaves over.",
        "Every cover is a cutting from another sheet, so rule and seed differ from book to book and stand inside the cover. There is no picture, because yours would not be the one in it.",
        "96 plain pages of 90 g/m² paper, thread sewn.",
      ),
      productType: "Notebook",
      options: [],
      collection: "notebooks",
      drawings: [],
      ageDays: 190,
      variants: [
        plainVariant({ sku: "KE-NB-TRIMMING", optionValues: [], priceMinor: 700, weightGrams: 115 }),
      ],
      attributes: [
        { name: "Material", value: "card, 90 g/m² paper" },
        { name: "Size", value: "10.5 × 14.8 cm" },
        { name: "Rule", value: "differs" },
        { name: "Seed", value: "differs" },
      ],
    },
    now,
  );

/** All forty products, as of `now`. Drawing them takes about a second. */
export const drawProducts = (now: EpochMs): DemoProduct[] => [
  ...PRINTS.map((good, index) => printProduct(good, index, now)),
  ...CLOTHS.map((good, index) => clothProduct(good, index, now)),
  ...TILES.map((good, index) => tileProduct(good, index, now)),
  ...NOTEBOOKS.map((good, index) => notebookProduct(good, index, now)),
  trimmingNotebook(now),
];
