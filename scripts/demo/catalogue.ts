import type { CollectionInput, ProductInput } from "#catalog";
import type { EpochMs } from "#kernel";
import type { DeliveryMethod } from "#shipping";
import { namePicture, type DrawnPicture } from "./pictures.ts";
import { pictureInput } from "./draft.ts";
import { drawProducts } from "./products.ts";
import { stockShelf, type ShelfEntry } from "./shelf.ts";
import { DELIVERY_METHODS, HERO_ALT, TAX_RATES } from "./shop-facts.ts";
import { SALE } from "./model.ts";
import {
  drawClothPicture,
  drawHero,
  drawNotebooksPicture,
  drawPrintsPicture,
  drawTilesPicture,
} from "./views/shop-pictures.ts";

/** Everything that the demo shop consists of, ready to be sent to a running shop. */
export type DemoCatalogue = {
  readonly media: readonly DrawnPicture[];
  readonly collections: readonly CollectionInput[];
  readonly products: readonly ProductInput[];
  readonly shelf: readonly ShelfEntry[];
  readonly deliveryMethods: readonly DeliveryMethod[];
  readonly taxRates: typeof TAX_RATES;
  /** The day that its dates are counted from. */
  readonly now: EpochMs;
};

/** Days for which a product counts as new. */
const NEW_DAYS = 45;

const square = (name: string, svg: string, alt: string): DrawnPicture =>
  namePicture(name, { svg, alt, size: [1000, 1000] });

type Shelf = {
  readonly handle: string;
  readonly title: string;
  readonly text: string;
  readonly draw: () => string;
  readonly alt: string;
};

const SHELVES: readonly Shelf[] = [
  {
    handle: "prints",
    title: "Prints",
    text: "Pigment on cotton paper, in four sizes, bare or framed.",
    draw: drawPrintsPicture,
    alt: "Five framed prints on a duck egg wall: a sea with a low sun, crossing rings, quarter circles, contour lines and split fields.",
  },
  {
    handle: "cloth",
    title: "Cloth",
    text: "Linen, cotton and lambswool for the kitchen, the table and the sofa.",
    draw: drawClothPicture,
    alt: "Six folded cloths in a pile on an oak table beside a teal cup: scallops, a toothed check, petals, stripes, a basket weave and triangles.",
  },
  {
    handle: "tiles",
    title: "Tiles",
    text: "Fifteen centimetres square, for walls behind sinks, baths and stoves.",
    draw: drawTilesPicture,
    alt: "Sixteen tiles in four rows: stars, arcs, scallops, quarter circles, stone chips, petals, triangles and small stems.",
  },
  {
    handle: "notebooks",
    title: "Notebooks",
    text: "Thread sewn, so that they lie flat. Plain, lined or dotted.",
    draw: drawNotebooksPicture,
    alt: "Five notebooks spread on a sage green desk with a yellow pencil: fields, strokes, stems, contour lines and stone chips.",
  },
];

const collectionOf = (
  { handle, title, text }: Pick<Shelf, "handle" | "title" | "text">,
  picture: DrawnPicture,
  position: number,
): CollectionInput => ({
  handle,
  title,
  descriptionHtml: `<p>${text}</p>`,
  picture: pictureInput(picture),
  position,
});

/**
 * Draws and writes the whole demo shop. The same `now` gives the same bytes; dates (new goods, backorders, preorders)
 * are counted from it, pictures do not depend on it.
 */
export function buildDemoCatalogue(now: EpochMs): DemoCatalogue {
  const drawn = drawProducts(now);
  const shelves = SHELVES.map((shelf) => ({
    ...shelf,
    picture: square(`collection-${shelf.handle}`, shelf.draw(), shelf.alt),
  }));
  // The picture of New is the hero of the first page: 5:4, where the others are square.
  const hero = namePicture("hero", { svg: drawHero(), alt: HERO_ALT, size: [1500, 1200] });
  const products = drawn.map(({ input }) => input);
  return {
    media: [hero, ...shelves.map(({ picture }) => picture), ...drawn.flatMap(({ drawings }) => drawings)],
    collections: [
      {
        ...collectionOf(
          { handle: "new", title: "New", text: "What left the drawing table in the last weeks." },
          hero,
          10,
        ),
        rule: { match: "all", conditions: [{ kind: "new", days: NEW_DAYS }] },
      },
      ...shelves.map((shelf, index) => collectionOf(shelf, shelf.picture, 20 + index * 10)),
      SALE,
    ],
    products,
    shelf: products.flatMap(({ variants }) => variants.map(({ sku }) => stockShelf(sku, now))),
    deliveryMethods: DELIVERY_METHODS,
    taxRates: TAX_RATES,
    now,
  };
}
