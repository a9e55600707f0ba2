import type { VariantInput } from "#catalog";
import type { EpochMs } from "#kernel";
import { DYES } from "./draw/dyes.ts";
import { CLOTHS, type ClothGood } from "./goods/cloths.ts";
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
} from "./pictures.ts";
import { notebookVariants, plainVariant, printVariants, tileVariants } from "./variants.ts";
import { finish, paragraphs, ruleFacts, ruleSentence, type DemoProduct } from "./draft.ts";
import { CLOTH_OFFERS, SECOND_COLOURS, TILE_PRICES } from "./goods/offers.ts";

/** Longest title that the shop plants, to try its cards and lines with. */
export const LONG_TITLE =
  "Long meadow, table runner in stonewashed linen for a table of six to eight, hand hemmed with mitred corners, 34 × 160 cm";

const KINDS = ["prints", "cloth", "tiles", "notebooks"] as const;

/** Days since a good came into the shop. The first three of each kind are new, and the kinds take turns. */
const ageOf = (kind: (typeof KINDS)[number], index: number): number =>
  KINDS.indexOf(kind) + (index < 3 ? 3 + index * 11 : 60 + index * 23);

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
      ageDays: ageOf("prints", index),
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
      ageDays: ageOf("cloth", index),
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
      ageDays: ageOf("tiles", index),
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
      ageDays: ageOf("notebooks", index),
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
