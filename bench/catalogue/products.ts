import { slugify } from "#kernel";
import type { CollectionInput, ProductInput, VariantInput } from "#catalog";
import { chanceOf, type Chance } from "./chance.ts";
import type { ArticleRow, Articles } from "./rows.ts";
import { makerName, readSize, readable } from "./words.ts";

/** Units on the shelf of one SKU, and what may be sold beyond them. */
export type Level = {
  readonly sku: string;
  readonly units: number;
  readonly policy: { readonly kind: "deny" } | { readonly kind: "backorder"; readonly limit: number };
};
export type GeneratedProduct = { readonly input: ProductInput; readonly levels: readonly Level[] };

export type Catalogue = {
  readonly collections: readonly CollectionInput[];
  readonly products: Iterable<GeneratedProduct>;
  readonly source: string;
};

/** The instant that publication dates count back from, so that a catalogue does not depend on the day. */
const NEWEST_MS = Date.UTC(2026, 9, 1);
const DAY_MS = 86_400_000;
const OLDEST_DAYS = 730;
const TONES = ["Original", "Classic", "Country", "Family", "Gold", "Garden", "Fresh", "Choice", "Select", "Everyday", "Heritage", "Farmhouse"]; // prettier-ignore
const PACKS = ["Single", "Pack of 3", "Pack of 6", "Pack of 12"] as const;
const PACK_FACTOR = [1, 2.7, 5.1, 9.6] as const;
const PACK_UNITS = [1, 3, 6, 12] as const;
const FLAVOURS = ["Plain", "Lemon", "Vanilla", "Berry", "Mint", "Honey"];

/**
 * A catalogue of `size` products. The seed decides everything: the same seed gives the same products, and a smaller
 * catalogue is the beginning of a larger one.
 */
export function generateCatalogue(
  articles: Articles,
  { seed, size }: { readonly seed: number; readonly size: number },
): Catalogue {
  const order = shuffled(articles.rows, seed);
  const typical = typicalPrices(articles);
  function* products(): Generator<GeneratedProduct, undefined> {
    for (let index = 0; index < size; index += 1) {
      const row = order[index % order.length];
      if (row)
        yield generateProduct(row, {
          index,
          seed,
          edition: Math.floor(index / order.length),
          priceCents: priceOf(row, articles, typical),
        });
    }
    return undefined;
  }
  const departments = [...new Set(articles.rows.map(departmentOf))].toSorted();
  return {
    collections: [...departments.map(departmentCollection), ON_OFFER],
    products: { [Symbol.iterator]: products },
    source: articles.source,
  };
}

const ON_OFFER: CollectionInput = {
  handle: "on-offer", title: "On offer", descriptionHtml: "<p>Less than it was.</p>", position: 900, rule: { match: "all" as const, conditions: [{ kind: "tag" as const, tag: "offer" }] },
}; // prettier-ignore

const departmentOf = (row: ArticleRow): string => readable(row.department) || "Assorted";
const handleOf = (department: string): string => `department-${slugify(department)}`;
const departmentCollection = (title: string, index: number): CollectionInput => ({
  handle: handleOf(title),
  title,
  descriptionHtml: `<p>Everything of ${title.replaceAll("&", "and")}.</p>`,
  position: 100 + index,
});

/** Fisher and Yates, by the seed. */
function shuffled(rows: readonly ArticleRow[], seed: number): readonly ArticleRow[] {
  const order = [...rows];
  const chance = chanceOf(seed, "order");
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = chance.whole(0, index);
    const [left, right] = [order[index], order[other]];
    if (left && right) [order[index], order[other]] = [right, left];
  }
  return order;
}

type Cents = { readonly paidCents: number; readonly fullCents: number };

/** What the articles of a category usually cost, for those that nobody bought. */
function typicalPrices({ rows, prices }: Articles): ReadonlyMap<string, number> {
  const sums = new Map<string, { cents: number; count: number }>();
  for (const row of rows) {
    const price = prices.get(row.productId);
    if (!price) continue;
    const sum = sums.get(row.category) ?? { cents: 0, count: 0 };
    sums.set(row.category, { cents: sum.cents + price.fullCents, count: sum.count + 1 });
  }
  return new Map([...sums].map(([category, { cents, count }]) => [category, Math.round(cents / count)]));
}

const FALLBACK_CENTS = 449;

function priceOf(row: ArticleRow, { prices }: Articles, typical: ReadonlyMap<string, number>): Cents {
  const real = prices.get(row.productId);
  if (real) return real;
  const chance = chanceOf(0, "price", row.productId);
  const cents = Math.max(
    49,
    Math.round((typical.get(row.category) ?? FALLBACK_CENTS) * (0.6 + 0.9 * chance.next())),
  );
  return { paidCents: cents, fullCents: cents };
}

type Draw = {
  readonly index: number;
  readonly seed: number;
  readonly edition: number;
  readonly priceCents: Cents;
};

function generateProduct(row: ArticleRow, { index, seed, edition, priceCents }: Draw): GeneratedProduct {
  const chance = chanceOf(seed, "product", index);
  const department = departmentOf(row);
  const category = readable(row.category) || department;
  const what = readable(row.type) || category;
  const size = readSize(row.size);
  const maker = makerName(row.manufacturerId, row.isHouseBrand);
  const title =
    [maker, chance.happens(0.5) ? chance.pick(TONES, "Original") : "", what].filter(Boolean).join(" ") +
    (size.words === "" ? "" : `, ${size.words}`);
  const sku = `CJ-${row.productId}${edition === 0 ? "" : `-E${edition}`}`;
  const { options, variants } = generateVariants(chance, { sku, priceCents, grams: size.grams });
  const isOffer = variants.some((variant) => variant.compareAtMinor !== undefined);
  const input: ProductInput = {
    handle: `${slugify(title).slice(0, 200)}-${sku.toLowerCase().slice(3)}`,
    title,
    status: chance.happens(0.01) ? "draft" : "active",
    descriptionHtml: `<p>${what} by ${maker.replaceAll("&", "&amp;")}${size.words === "" ? "" : `, ${size.words}`}.</p><p>${chance.pick(SENTENCES, "")} ${chance.pick(SENTENCES, "")}</p>`,
    vendor: maker,
    productType: category,
    tags: [
      department,
      row.isHouseBrand ? "house brand" : "branded",
      ...(isOffer ? ["offer"] : []),
      ...(chance.happens(0.15) ? ["organic"] : []),
      ...(chance.happens(0.1) ? ["gluten-free"] : []),
    ],
    options,
    variants,
    pictures: [picture(department, what, 0), ...(chance.happens(0.5) ? [picture(department, what, 1)] : [])],
    attributes: [
      { name: "Department", value: department },
      { name: "Category", value: category },
      ...(size.words === "" ? [] : [{ name: "Size", value: size.words }]),
    ],
    collections: [handleOf(department)],
    publishedAtMs: NEWEST_MS - chance.whole(0, OLDEST_DAYS) * DAY_MS - chance.whole(0, DAY_MS - 1),
  };
  return { input, levels: variants.map((variant) => generateLevel(chance, variant.sku)) };
}

const SENTENCES = [
  "Good on its own and better in company.", "Keeps well in a dry, cool place.", "Made in small batches, checked by hand.",
  "A favourite of the house for years.", "Simple things, done properly.", "Ready when you are.", "Comes in a box that can be used again.",
]; // prettier-ignore

/** One of two pictures of each department; `picturesOf` draws them. */
const picture = (department: string, alt: string, view: 0 | 1) => ({
  url: `/media/${pictureName(department, view)}`,
  alt: view === 0 ? alt : "",
  width: 800,
  height: 800,
});
export const pictureName = (department: string, view: 0 | 1): string =>
  `bench-${slugify(department)}-${view === 0 ? "front" : "back"}.svg`;

type VariantFacts = { readonly sku: string; readonly priceCents: Cents; readonly grams: number };

/** Two in three have one variant, most others come in packs, some in packs and flavours. */
function generateVariants(
  chance: Chance,
  { sku, priceCents, grams }: VariantFacts,
): { options: string[]; variants: VariantInput[] } {
  const isReduced = priceCents.fullCents > priceCents.paidCents;
  const roll = chance.next();
  const packs = roll < 0.66 ? 1 : chance.whole(2, 4);
  const flavours = roll < 0.92 ? 1 : chance.whole(2, 4);
  const options = [...(packs > 1 ? ["Pack"] : []), ...(flavours > 1 ? ["Flavour"] : [])];
  const taxClass = chance.happens(0.7) ? "reduced" : "standard";
  const first = chance.whole(0, FLAVOURS.length - 1);
  const variants = Array.from({ length: packs * flavours }, (_, index): VariantInput => {
    const pack = index % packs;
    const flavour = FLAVOURS[(first + Math.floor(index / packs)) % FLAVOURS.length] ?? "Plain";
    const factor = PACK_FACTOR[pack] ?? 1;
    const priceMinor = Math.max(1, Math.round(priceCents.paidCents * factor));
    return {
      sku: index === 0 ? sku : `${sku}-${index + 1}`,
      optionValues: [...(packs > 1 ? [PACKS[pack] ?? "Single"] : []), ...(flavours > 1 ? [flavour] : [])],
      priceMinor,
      ...(isReduced
        ? { compareAtMinor: Math.round(priceCents.fullCents * factor), lowest30DaysMinor: priceMinor }
        : {}),
      weightGrams: grams * (PACK_UNITS[pack] ?? 1),
      taxClass,
      requiresShipping: true,
      pictureIndex: 0,
    };
  });
  return { options, variants };
}

function generateLevel(chance: Chance, sku: string): Level {
  const roll = chance.next();
  const units = roll < 0.8 ? chance.whole(6, 240) : roll < 0.88 ? chance.whole(1, 5) : 0;
  const isBackordered = roll >= 0.95;
  return { sku, units, policy: isBackordered ? { kind: "backorder", limit: 50 } : { kind: "deny" } };
}

/** A plain tile for each picture that the products name. */
export const picturesOf = ({
  collections,
}: Catalogue): readonly { readonly name: string; readonly svg: string }[] =>
  collections
    .filter(({ handle }) => handle.startsWith("department-"))
    .flatMap(({ title }, index) =>
      ([0, 1] as const).map((view) => ({
        name: pictureName(title, view),
        svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><rect width="800" height="800" fill="hsl(${(index * 47) % 360} 30% ${view === 0 ? 88 : 80}%)"/><rect x="250" y="180" width="300" height="440" rx="${view === 0 ? 24 : 150}" fill="hsl(${(index * 47) % 360} 35% 52%)"/></svg>`,
      })),
    );
