import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { chanceOf } from "./chance.ts";

/** One article of a product table: codes and words in capitals, nothing that a shopper could read yet. */
export type ArticleRow = {
  readonly productId: string;
  readonly manufacturerId: string;
  readonly department: string;
  readonly isHouseBrand: boolean;
  readonly category: string;
  readonly type: string;
  /** `14 OZ`; empty when it is not known. */
  readonly size: string;
};

export type Articles = {
  readonly rows: readonly ArticleRow[];
  /** What one unit of an article was sold for, in cents, and what it cost without the discount. */
  readonly prices: ReadonlyMap<string, { readonly paidCents: number; readonly fullCents: number }>;
  /** A sentence for people: where the words come from. */
  readonly source: string;
};

/** The folder is named by `KERBSIDE_DATA`, or lies beside the checkout. */
export const dataFolder = (): string => resolve(process.env["KERBSIDE_DATA"] ?? "../shared/data");

const PRODUCTS = "catalog/completejourney-products-92331.csv.gz";
const TRANSACTIONS = "orders/completejourney-transactions-75000.csv.gz";

/** The real table when it is at hand, else made-up articles of the same shape. */
export function readArticles(folder = dataFolder()): Articles {
  const files = [join(folder, PRODUCTS), join(folder, TRANSACTIONS)];
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    return {
      rows: inventArticles(),
      prices: new Map(),
      source: `Made-up words: ${missing} is not there (set KERBSIDE_DATA to the folder that has it).`,
    };
  const rows = readTable(files[0] ?? "").map((row): ArticleRow => ({
    productId: row["product_id"] ?? "",
    manufacturerId: row["manufacturer_id"] ?? "",
    department: row["department"] ?? "",
    isHouseBrand: row["brand"] === "Private",
    category: row["product_category"] ?? "",
    type: row["product_type"] ?? "",
    size: row["package_size"] ?? "",
  }));
  return { rows, prices: readPrices(files[1] ?? ""), source: `Words and prices of ${folder}.` };
}

const readTable = (file: string): Record<string, string>[] =>
  parse(gunzipSync(readFileSync(file)), { columns: true });

/** The last sale of an article that was not weighed: fuel and loose goods come in thousands of units. */
function readPrices(file: string): Articles["prices"] {
  const prices = new Map<string, { paidCents: number; fullCents: number }>();
  for (const row of readTable(file)) {
    const quantity = Number(row["quantity"]);
    const paid = Number(row["sales_value"]);
    if (!(quantity >= 1 && quantity <= 24 && paid > 0)) continue;
    const discount = Number(row["retail_disc"]) || 0;
    prices.set(row["product_id"] ?? "", {
      paidCents: Math.max(1, Math.round((100 * paid) / quantity)),
      fullCents: Math.max(1, Math.round((100 * (paid + discount)) / quantity)),
    });
  }
  return prices;
}

const MADE_UP: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  GROCERY: {
    "COLD CEREAL": ["OAT FLAKES", "HONEY LOOPS", "FRUIT MUESLI", "CORN FLAKES"],
    TEAS: ["BLACK TEA", "GREEN TEA", "HERBAL TEA", "TEA BAGS"],
    SOUP: ["TOMATO SOUP", "LENTIL SOUP", "CHUNKY VEGETABLE SOUP"],
    "COOKIES/CONES": ["CHOC CHIP COOKIES", "BUTTER BISCUITS", "WAFER CONES"],
  },
  "DRUG GM": {
    "HAIR CARE PRODUCTS": ["SHAMPOO", "CONDITIONER", "HAIR OIL"],
    "ORAL HYGIENE PRODUCTS": ["TOOTHPASTE", "TOOTHBRUSH", "MOUTHWASH"],
    CANDLES: ["SCENTED CANDLE", "PILLAR CANDLE", "TEA LIGHTS"],
  },
  PRODUCE: { CITRUS: ["LEMONS", "ORANGES", "LIMES"], SALAD: ["ROCKET", "LEAF MIX", "ICEBERG"] },
  HOME: { COOKWARE: ["FRYING PAN", "SAUCEPAN", "CASSEROLE"], LINEN: ["TEA TOWEL", "APRON", "OVEN GLOVE"] },
  FLORAL: { "CUT FLOWERS": ["ROSES", "TULIPS", "MIXED BOUQUET"] },
  DELI: { CHEESE: ["HARD CHEESE", "BLUE CHEESE", "GOAT CHEESE"], OLIVES: ["GREEN OLIVES", "BLACK OLIVES"] },
};
const MADE_UP_ROWS = 20_000;
const MADE_UP_SIZES = ["8 OZ", "12 OZ", "16 OZ", "1 LB", "2 LB", "500 ML", "1 L", "6 CT", ""];

function inventArticles(): readonly ArticleRow[] {
  const kinds = Object.entries(MADE_UP).flatMap(([department, categories]) =>
    Object.entries(categories).flatMap(([category, types]) =>
      types.map((type) => ({ department, category, type })),
    ),
  );
  const [fallback = { department: "GROCERY", category: "TEAS", type: "TEA BAGS" }] = kinds;
  return Array.from({ length: MADE_UP_ROWS }, (_, index) => {
    const chance = chanceOf(0, "article", index);
    return {
      ...chance.pick(kinds, fallback),
      productId: String(10_000 + index),
      manufacturerId: String(chance.whole(1, 900)),
      isHouseBrand: chance.happens(0.2),
      size: chance.pick(MADE_UP_SIZES, ""),
    };
  });
}
