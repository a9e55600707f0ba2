import { loadAddress, loadWork, type Load, type Sample } from "./measure.ts";
import type { Doors } from "./bench-workers.ts";
import { createShopper } from "./shopper.ts";

export type BenchCase = {
  readonly name: string;
  readonly run: (load: Load) => Promise<Sample>;
  /** Shoppers at once; work that goes through many steps keeps two cores busy with few. */
  readonly connections?: number;
  /** Runs so long before each run that is measured; none unless it is said. */
  readonly leadInSeconds?: number;
};

/** The goods that the cases look at and buy. */
export type Goods = {
  readonly handle: string;
  readonly collection: string;
  readonly sku: string;
  /** Held again and again, which opens a line in front of it: nobody buys it. */
  readonly heldSku: string;
  readonly word: string;
};

export const FLOOR_NAME = "floor (empty handler)";

export const BARE_HOT_NAME = "one-row write, one object";
export const BARE_NEW_NAME = "one-row write, new objects";
export const HOLD_NAME = "one-SKU hold";
export const CHECKOUT_NAME = "whole checkout";
/** With what the API takes together: a cart with its line, a checkout with its address. */
export const BRIEF_CHECKOUT_NAME = "whole checkout, four calls";
/** Bought at once: the checkout takes the line, too. */
export const DIRECT_CHECKOUT_NAME = "whole checkout, three calls";
/** Bought at once with a way of delivery that is known from before. */
export const KNOWN_CHECKOUT_NAME = "whole checkout, two calls";

/**
 * The runtime closes an object ten seconds after its last use, which is work of its own. A case that makes
 * objects is therefore measured when it has run for longer than that: then it pays for the closing of its own objects and
 * not for those of the case before it. Besides, a checkout runs through so much code that the runtime is still compiling it
 * for some seconds.
 */
export const CLOSING_SECONDS = 12;
const MAKES_OBJECTS = { leadInSeconds: CLOSING_SECONDS };

/** Every case, the floor first. `pid` is the workerd that serves the shop. */
export function benchCases(doors: Doors, goods: Goods, pid: number): readonly BenchCase[] {
  const get = (name: string, url: string): BenchCase => ({
    name,
    run: (load) => loadAddress(url, load, pid),
  });
  const shopper = createShopper(doors.shop);
  return [
    get(FLOOR_NAME, `${doors.floor}/`),
    get("product page", `${doors.shop}/products/${goods.handle}`),
    get("collection page", `${doors.shop}/collections/${goods.collection}`),
    get("product JSON", `${doors.shop}/api/products/${goods.handle}`),
    get("search", `${doors.shop}/api/search?q=${goods.word}`),
    {
      name: "add to cart (new cart + line)",
      ...MAKES_OBJECTS,
      run: (load) =>
        loadWork(async () => shopper.addToCart(await shopper.createCart(), goods.sku), load, pid),
    },
    {
      name: CHECKOUT_NAME,
      ...MAKES_OBJECTS,
      run: (load) => loadWork(() => shopper.buy(goods.sku), load, pid),
    },
    {
      name: BRIEF_CHECKOUT_NAME,
      ...MAKES_OBJECTS,
      run: (load) => loadWork(() => shopper.buyBriefly(goods.sku), load, pid),
    },
    {
      name: DIRECT_CHECKOUT_NAME,
      ...MAKES_OBJECTS,
      run: (load) => loadWork(() => shopper.buyAtOnce(goods.sku), load, pid),
    },
    {
      name: KNOWN_CHECKOUT_NAME,
      ...MAKES_OBJECTS,
      run: (load) => loadWork(() => shopper.buyAgain(goods.sku), load, pid),
    },
    { ...get(BARE_NEW_NAME, `${doors.bare}/`), ...MAKES_OBJECTS },
    get(BARE_HOT_NAME, `${doors.bare}/?name=hot`),
    get(HOLD_NAME, `${doors.holds}/?sku=${encodeURIComponent(goods.heldSku)}`),
  ];
}

/** Picks goods from the demo shop and fills their shelf for all the orders to come. */
export async function prepareGoods(shopUrl: string, adminToken: string): Promise<Goods> {
  const [first, second] = itemsOf(await read(`${shopUrl}/api/products?limit=2`));
  const [collection] = itemsOf(await read(`${shopUrl}/api/collections`));
  if (!first || !second || !collection) throw new Error("The shop has too few products or no collections.");
  const product = await productOf(shopUrl, first);
  const sku = skuOf(product);
  const heldSku = skuOf(await productOf(shopUrl, second));
  for (const each of [sku, heldSku]) await fillShelf(shopUrl, adminToken, each);
  const [word = ""] = String(product["title"]).toLowerCase().split(/\W+/);
  return { handle: String(product["handle"]), collection: String(collection["handle"]), sku, heldSku, word };
}

const productOf = (shopUrl: string, listed: Json): Promise<Json> =>
  read(`${shopUrl}/api/products/${String(listed["handle"])}`);

function skuOf(product: Json): string {
  const [variant] = product["variants"] as readonly Json[];
  return String(variant?.["sku"]);
}

const PLENTY = 900_000;

async function fillShelf(shopUrl: string, adminToken: string, sku: string): Promise<void> {
  const response = await fetch(`${shopUrl}/admin/api/stock/${encodeURIComponent(sku)}/adjustments`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ adjustmentId: "bench", kind: "counted", quantity: PLENTY, reason: "Benchmark" }),
  });
  if (!response.ok)
    throw new Error(`The shelf cannot be filled: ${response.status} ${await response.text()}`);
}

type Json = Readonly<Record<string, unknown>>;

const itemsOf = (list: Json): readonly Json[] => list["items"] as readonly Json[];

async function read(url: string): Promise<Json> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return (await response.json()) as Json;
}
