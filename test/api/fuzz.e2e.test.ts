import { expect, it } from "vitest";
import { createRandom, readSeed, type Random } from "../support/random.ts";
import { useShop } from "../support/shop-harness.ts";
import { fill, readOperations, wrongKinds, type Operation } from "./operations.ts";
import { send, type WireRequest } from "./wire.ts";
import { createWorld, type World } from "./world.ts";

// Nonsense by chance, at every address at once. Whatever comes in, the answer is never a defect of the shop.

const harness = useShop();
const SEED = readSeed();
const REQUESTS = Number(process.env["REQUESTS"] ?? 1_500);
const AT_ONCE = 6;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
const PAGES = [
  "/",
  "/cart",
  "/cart/lines",
  "/checkout",
  "/checkout/{checkoutId}",
  "/checkout/{checkoutId}/lines",
  "/orders/{orderId}",
  "/orders/{orderId}/cancel",
  "/orders/{orderId}/return",
  "/orders/{orderId}/live",
  "/products/{handle}",
  "/collections/{handle}",
  "/search",
  "/media/{name}",
  "/problems/web/{handle}",
  "/webhooks/payments/sandbox",
  "/admin",
  "/admin/sign-in",
  "/admin/orders/{orderId}",
  "/admin/stock/{sku}",
  "/admin/products/{handle}",
  "/admin/imports/{id}",
] as const;
const SEGMENTS = [
  "",
  "%00",
  "%",
  "%2f",
  "..%2f..",
  "a",
  "0",
  "-1",
  "1e400",
  "__proto__",
  "%F0%9F%92%A9",
  "%E0%A4%A",
  "ord_",
  "x".repeat(700),
] as const;
const QUERIES = [
  "",
  "?",
  "?limit=",
  "?limit=1e9",
  "?cursor=%00",
  "?q=%22%27%3B--",
  "?q=%F0%9F%92%A9",
  "?sort=x",
  "?key=%ff",
  "?step=review",
  "?a[b]=c&a=d",
  `?q=${"y".repeat(3_000)}`,
  "?status=%E2%80%AE",
  "?quantity=-1&removed=x",
  "?colour=%25&size=%00",
] as const;
const BODIES = [
  "",
  "{}",
  "[]",
  "null",
  "{",
  '"\\ud800"',
  "1e400",
  "a=1&b=%",
  "quantity=-1",
  `{"quantity":${"9".repeat(400)}}`,
  "\u0000",
  "[".repeat(5_000),
  `{"a":"${"z".repeat(70_000)}"}`,
] as const;
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/csv",
  "application/json; charset=utf-16",
  "",
] as const;
const ODD_HEADERS = [
  {},
  { "idempotency-key": "k" },
  { "idempotency-key": "" },
  { "if-match": '"v1"' },
  { "if-match": "*, W/" },
  { "if-none-match": '"' },
  { "accept-language": ";q=9,*" },
  { accept: "application/json;q=x" },
  { range: "bytes=9-1" },
  { traceparent: "00-zz" },
  { cookie: "kerbside_cart=%; kerbside_order=%ff; a" },
  { "accept-encoding": "surprise" },
  { "x-forwarded-for": "'" },
] as const satisfies readonly Readonly<Record<string, string>>[];

/** A request that is mostly right, a little wrong, or nonsense. */
function invent(world: World, operations: readonly Operation[], random: Random): WireRequest {
  const operation = operations[random.whole(0, operations.length - 1)];
  const isPage = !operation || random.next() < 0.35;
  const path = isPage ? random.pick(PAGES) : operation.path;
  const method = isPage || random.next() < 0.1 ? random.pick(METHODS) : operation.method;
  const values = Object.fromEntries(
    Object.entries(world.known).map(([name, value]) => [
      name,
      random.next() < 0.3 ? random.pick(SEGMENTS) : value,
    ]),
  );
  const query = random.next() < 0.5 ? "" : random.pick(QUERIES);
  const type = random.pick(TYPES);
  const headers = {
    ...(type === "" ? {} : { "content-type": type }),
    ...(random.next() < 0.8 ? world.staff : {}),
    ...random.pick(ODD_HEADERS),
  };
  const hasBody = method !== "GET" && method !== "HEAD";
  const isShaped = !isPage && operation.hasJsonBody && random.next() < 0.6;
  const body = isShaped ? wrongBody(world.samples[operation.name], random) : random.pick(BODIES);
  const contentType = isShaped ? { "content-type": "application/json" } : {};
  return {
    method,
    path: fill(path, values) + query,
    headers: { ...headers, ...contentType },
    ...(hasBody ? { body } : {}),
  };
}

function wrongBody(sample: unknown, random: Random): string {
  const all = wrongKinds(sample);
  return all[random.whole(0, all.length - 1)]?.text ?? "{}";
}

it(`answers ${REQUESTS} requests of nonsense with 2xx, 3xx or 4xx, and lives (SEED=${SEED})`, async () => {
  const world = await createWorld(harness.shop.url, harness.shop.adminToken);
  const operations = await readOperations(world.origin);
  const random = createRandom(SEED);
  const requests = Array.from({ length: REQUESTS }, () => invent(world, operations, random));
  const counts = new Map<string, number>();
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const { status, text } = await send(world.origin, request).catch((error: unknown) => ({
        status: 0,
        text: String(error),
      }));
      const kind = `${Math.floor(status / 100)}xx`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (status < 200 || status >= 500)
        faults.push(`${status} ${JSON.stringify(request).slice(0, 600)}: ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.log(`SEED=${SEED} requests=${REQUESTS}:`, JSON.stringify(Object.fromEntries([...counts].sort())));
  expect(faults, `SEED=${SEED}`).toEqual([]);
  expect((await send(world.origin, { method: "GET", path: "/" })).status).toBe(200);
});
