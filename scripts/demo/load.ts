import type { ProductInput } from "#catalog";
import { epochMs, type EpochMs } from "#kernel";
import { buildDemoCatalogue, type DemoCatalogue } from "./catalogue.ts";
import { comingProduct, FIRST_SET, firstSet, PRODUCT_TYPES, withRelations } from "./model.ts";
import { DEMO_TEXTS } from "./texts.ts";
import { demoTranslations, demoWords } from "./translations.ts";
import { demoPriceLists, MARKET_DELIVERY, MARKETS } from "./markets.ts";
import { US_STATES } from "./us-states.ts";
import type { ShelfEntry } from "./shelf.ts";
import { SYNONYMS, VISITS } from "./visits.ts";

/** Requests under way at once: enough to keep two cores busy, few enough for a laptop. */
const CONCURRENCY = 6;
/** Tries of one request that the shop is too busy to take. */
const MAX_TRIES = 4;
/** Longest wait between two tries, in milliseconds. */
const MAX_WAIT_MS = 5_000;

export type DemoLoad = {
  /** Origin of the shop, such as http://localhost:8787. */
  readonly shopUrl: string;
  /** Opens the admin API (`Authorization: Bearer`). */
  readonly adminToken: string;
  /** The instant from which the demo's dates are counted; default: now. */
  readonly now?: EpochMs;
  /** Told after each request how many of all are done. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** Ten per cent off, once per customer. */
export const DEMO_COUPON = "WELCOME10";
/** A card of fifty euros. */
export const DEMO_GIFT_CARD = "KERB-S1DE-DEM0-CARD-0001";

type Call = {
  readonly method: "PUT" | "POST";
  readonly path: string;
  readonly type: string;
  readonly body: string;
  /** Idempotency-Key of a call that needs one. */
  readonly key?: string;
  /** True where a 409 says that an earlier load has made it. */
  readonly mayExist?: boolean;
};

const JSON_TYPE = "application/json";
const call = (method: Call["method"], path: string, value: unknown): Call => ({
  method,
  path,
  type: JSON_TYPE,
  body: JSON.stringify(value),
});

function stockCalls({ sku, quantity, policy }: ShelfEntry): Call[] {
  const path = `/admin/api/stock/${encodeURIComponent(sku)}`;
  const count = call("POST", `${path}/adjustments`, {
    adjustmentId: `demo:${sku}`,
    kind: "counted",
    quantity,
    reason: "Opening count of the demo shop",
  });
  return policy.kind === "deny" ? [count] : [call("PUT", `${path}/policy`, policy), count];
}

/** A coupon and a gift card to try; both are public, so neither is worth anything outside a demo. */
const VOUCHER_CALLS: readonly Call[] = [
  call("PUT", `/admin/api/coupons/${DEMO_COUPON}`, {
    note: "Demo: ten per cent off the first order",
    benefit: { kind: "percent", ppm: 100_000 },
    maxUsesPerCustomer: 1,
  }),
  {
    ...call("POST", "/admin/api/gift-cards", {
      code: DEMO_GIFT_CARD,
      currency: "EUR",
      amountMinor: 5_000,
      note: "Demo: fifty euros",
    }),
    key: "demo-gift-card",
  },
];

/** Who buys at the prices of the group `trade`, and a business that owes its tax at home. */
const CUSTOMER_CALLS: readonly Call[] = [
  {
    email: "studio@example.com",
    customerGroup: "trade",
    taxStatus: "taxed",
    note: "Demo: furnishes holiday flats, buys at trade prices",
  },
  {
    email: "buero@example.com",
    taxStatus: "business",
    taxId: "ATU12345678",
    note: "Demo: an office in Vienna with a VAT id",
  },
].map((customer) => ({ ...call("POST", "/admin/api/customers", customer), mayExist: true }));

/** Instants travel as RFC 3339 text. */
function productCall({ handle, publication, ...product }: ProductInput): Call {
  if (!publication) return call("PUT", `/admin/api/products/${handle}`, product);
  const { publishAtMs, channels } = publication;
  const publishAt = publishAtMs === undefined ? {} : { publishAt: new Date(publishAtMs).toISOString() };
  return call("PUT", `/admin/api/products/${handle}`, {
    ...product,
    publication: { ...publishAt, channels },
  });
}

/** Markets, what their taxes are, and price lists; the entries of a list come after it. */
const MARKET_CALLS: readonly Call[] = [
  ...MARKETS.map(({ marketId, ...market }) => call("PUT", `/admin/api/markets/${marketId}`, market)),
  call("PUT", "/admin/api/tax-rules/US", {
    rules: US_STATES.map((state) => ({ ...state, taxClass: "standard" })),
  }),
  call("PUT", "/admin/api/tax-settings", { originCountry: "DE", isAboveThreshold: true }),
  ...demoPriceLists([]).map(({ listId, terms }) => call("PUT", `/admin/api/price-lists/${listId}`, terms)),
];

function priceCalls({ products }: DemoCatalogue): Call[] {
  const skus = products.flatMap((product) => product.variants.map((variant) => variant.sku));
  return demoPriceLists([...new Set(skus)]).flatMap(({ listId, entries }) =>
    entries.length === 0 ? [] : [call("PUT", `/admin/api/price-lists/${listId}/entries`, { entries })],
  );
}

/** The requests that load a catalogue: each list may run at once, but only after the list before it. */
export function planCalls(catalogue: DemoCatalogue): Call[][] {
  return [
    [
      ...MARKET_CALLS,
      ...catalogue.media.map(({ name, svg }): Call => ({
        method: "PUT",
        path: `/admin/api/media/${name}`,
        type: "image/svg+xml",
        body: svg,
      })),
      ...catalogue.collections.map(({ handle, ...collection }) =>
        call("PUT", `/admin/api/collections/${handle}`, collection),
      ),
      ...PRODUCT_TYPES.map(({ key, ...type }) => call("PUT", `/admin/api/product-types/${key}`, type)),
      ...catalogue.taxRates.map(({ country, rates }) =>
        call("PUT", `/admin/api/tax-rates/${country}`, { rates }),
      ),
      ...[...catalogue.deliveryMethods, ...MARKET_DELIVERY].map(({ methodId, ...method }) =>
        call("PUT", `/admin/api/delivery-methods/${methodId}`, method),
      ),
    ],
    catalogue.products.map(productCall),
    [
      ...withRelations(catalogue.products).map(productCall),
      ...comingProduct(catalogue.products, catalogue.now).map(productCall),
      ...firstSet(catalogue.products).map(productCall),
    ],
    [
      call("PUT", `/admin/api/bundles/${FIRST_SET.sku}`, {
        components: FIRST_SET.parts.map((sku) => ({ sku, quantity: 1 })),
      }),
      ...demoTranslations([...catalogue.products, ...firstSet(catalogue.products)]).map(({ path, fields }) =>
        call("PUT", `/admin/api/translations/${path}`, { fields }),
      ),
      ...DEMO_TEXTS.map(({ handle, locale, page }) =>
        call(
          "PUT",
          `/admin/api/content/pages/${handle}${locale === undefined ? "" : `?locale=${locale}`}`,
          page,
        ),
      ),
      ...demoWords().map(({ locale, words }) =>
        call("PUT", `/admin/api/words/${locale}`, {
          words: Object.entries(words).map(([word, text]) => ({ word, text })),
        }),
      ),
      ...priceCalls(catalogue),
      ...catalogue.shelf.flatMap(stockCalls),
    ],
    [
      ...VOUCHER_CALLS,
      ...CUSTOMER_CALLS,
      ...Object.entries(SYNONYMS).map(([id, group]) =>
        call("PUT", `/admin/api/search/synonyms/${id}`, group),
      ),
      ...VISITS.map((events) => call("POST", "/api/events", { events })),
    ],
  ];
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function send(
  { method, path, type, body, key, mayExist = false }: Call,
  { shopUrl, adminToken }: DemoLoad,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(new URL(path, shopUrl), {
      method,
      body,
      headers: {
        authorization: `Bearer ${adminToken}`,
        "content-type": type,
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
    });
    const text = await answer.text();
    if (answer.ok || (mayExist && answer.status === 409)) return;
    const isBusy = answer.status === 429 || answer.status === 503;
    if (!isBusy || attempt === MAX_TRIES)
      throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${text.slice(0, 400)}`);
    const seconds = Number(answer.headers.get("retry-after") ?? attempt);
    await pause(Math.min(MAX_WAIT_MS, Math.max(0.2, Number.isFinite(seconds) ? seconds : attempt) * 1000));
  }
}

/**
 * Loads the demo shop into a running one through its admin API. Repeating changes nothing but what shoppers did, which is
 * counted again: products and collections are replaced as a whole, counts carry stable ids (`demo:{sku}`). Throws with the shop's own words when it refuses something;
 * what was sent by then stays.
 */
export async function loadDemoShop(
  load: DemoLoad,
): Promise<{ readonly products: number; readonly requests: number }> {
  const catalogue = buildDemoCatalogue(load.now ?? epochMs(Date.now()));
  const plan = planCalls(catalogue);
  const total = plan.reduce((sum, calls) => sum + calls.length, 0);
  let done = 0;
  for (const calls of plan) {
    const queue = [...calls];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        await send(next, load);
        done += 1;
        load.onProgress?.(done, total);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  }
  return { products: catalogue.products.length, requests: total };
}
