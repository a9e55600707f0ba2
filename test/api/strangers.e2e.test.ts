import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import { useShop } from "../support/shop-harness.ts";
import { fill, readOperations, type Operation } from "./operations.ts";
import { faultsOf, FORM_TYPE, JSON_TYPE, requestFor, sampleOf, unexplained, type Row } from "./rows.ts";
import type { WireRequest } from "./wire.ts";
import { createWorld, type Headers, type World } from "./world.ts";

// People who are not who they say, requests that somebody else's page sends, messages that the provider never wrote, and
// the forms of the pages (P7, P8).

const harness = useShop();
const types = new Set<string>();
let world: World;
let operations: readonly Operation[];
let before: unknown;

beforeAll(async () => {
  world = await createWorld(harness.shop.url, harness.shop.adminToken);
  operations = await readOperations(world.origin);
  before = await world.snapshot();
});

afterEach(async () => {
  const [was, is] = [before, await world.snapshot()];
  // Each chapter answers for itself.
  before = is;
  expect(is, "nothing changed").toEqual(was);
});

const right = (operation: Operation) => sampleOf(world, operation);
const requestTo = (operation: Operation, body?: string | Uint8Array, headers: Headers = {}) =>
  requestFor(world, operation, { body, headers });

describe("a stranger", () => {
  it("F27: without the staff's token gets nothing from the admin API", async () => {
    const rows = operations
      .filter(({ isAdmin }) => isAdmin)
      .flatMap((operation) =>
        [
          {},
          { authorization: "Bearer wrong" },
          { authorization: "Bearer " },
          { authorization: "Basic ZGVtbzpkZW1v" },
          { authorization: `Bearer ${"x".repeat(5_000)}` },
        ].map((headers): Row => {
          const path = fill(operation.path, world.known);
          const body = operation.hasJsonBody ? { body: right(operation) } : {};
          return [
            "token",
            { method: operation.method, path, headers: { ...JSON_TYPE, ...headers }, ...body },
            401,
          ];
        }),
      );
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("F27: gets no order by another order's key", async () => {
    const path = `/api/orders/${world.pending.orderId}`;
    const keys: readonly Record<string, string>[] = [
      {},
      { authorization: "Bearer wrong" },
      { authorization: `Bearer ${"a".repeat(32)}` },
      { cookie: "kerbside_order=wrong" },
      { authorization: `Bearer ${"x".repeat(3_000)}` },
    ];
    const rows = keys.flatMap((headers): Row[] => [
      ["read", { method: "GET", path, headers }, 404],
      ["read", { method: "GET", path: `${path}?key=wrong`, headers }, 404],
      ["cancel", { method: "POST", path: `${path}/cancel`, headers }, 404],
      [
        "cancel",
        { method: "POST", path: `${path}/cancel`, headers: { ...JSON_TYPE, ...headers }, body: "{}" },
        404,
      ],
    ]);
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("on another site changes nothing, cookie or not", async () => {
    const marks: readonly Record<string, string>[] = [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "null" },
    ];
    const cookie = `kerbside_cart=${world.cart.id}`;
    const forms = [
      "/cart",
      "/cart/lines",
      "/checkout",
      `/checkout/${world.checkout.id}`,
      `/checkout/${world.checkout.id}/lines`,
      `/orders/${world.pending.orderId}/cancel`,
      "/admin/sign-in",
      "/admin/sign-out",
      `/admin/stock/${world.sku}`,
    ];
    const rows = marks.flatMap((mark) => [
      ...forms.map((path): Row => [
        "form",
        {
          method: "POST",
          path,
          headers: { ...FORM_TYPE, ...mark, cookie },
          body: `sku=${world.sku}&quantity=1`,
        },
        403,
      ]),
      ...operations
        .filter(({ isWrite }) => isWrite)
        .map((operation): Row => ["json", requestTo(operation, right(operation), { ...mark, cookie }), 403]),
    ]);
    expect(await faultsOf(world, rows, { isPage: true, types })).toEqual([]);
  });
});

describe("a payment webhook", () => {
  it("that is forged, old, torn or unsigned has no effect", async () => {
    const secret = DEMO_SECRETS.PAYMENT_WEBHOOK_SECRET;
    const message = JSON.stringify({
      id: "evt_1",
      type: "payment.authorised",
      version: 1,
      occurredAt: new Date().toISOString(),
      data: {
        payment: {
          key: `${world.pending.orderId}:authorise:1`,
          reference: world.pending.orderId,
          status: "authorised",
        },
      },
    });
    const headers = (at: Date, signedWith: string = secret, body = message): Record<string, string> => ({
      ...JSON_TYPE,
      "webhook-id": "evt_1",
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(signedWith).sign("evt_1", at, body),
    });
    const now = new Date();
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    const { "webhook-signature": signature = "", ...unsigned } = headers(now);
    const to = (sent: Record<string, string>, body: string | Uint8Array = message): WireRequest => ({
      method: "POST",
      path: "/webhooks/payments/sandbox",
      headers: sent,
      body,
    });
    expect(
      await faultsOf(world, [
        ["another secret", to(headers(now, "whsec_b3RoZXItc2VjcmV0LW90aGVyLXNlY3JldA==")), 400],
        ["old", to(headers(minutes(-10))), 400],
        ["from the future", to(headers(minutes(10))), 400],
        ["tampered", to(headers(now), message.replace("authorised", "captured")), 400],
        ["unsigned", to(unsigned), 400],
        ["another id", to({ ...headers(now), "webhook-id": "evt_2" }), 400],
        [
          "another version",
          to({ ...headers(now), "webhook-signature": signature.replace("v1,", "v2,") }),
          400,
        ],
        ["timestamp", to({ ...headers(now), "webhook-timestamp": "NaN" }), 400],
        ["huge timestamp", to({ ...headers(now), "webhook-timestamp": "999999999999" }), 400],
        ["no JSON", to(headers(now, secret, "surprise"), "surprise"), 400],
        ["too large", to(headers(now), "x".repeat(300_000)), 413],
        ["no UTF-8", to(headers(now), new Uint8Array([0xff, 0xfe])), 400],
        ["empty", to(headers(now, secret, ""), ""), 400],
      ]),
    ).toEqual([]);
  });
});

describe("a form", () => {
  it("that cannot be read is refused", async () => {
    const cookie = `kerbside_cart=${world.cart.id}`;
    const paths = [
      "/cart",
      "/cart/lines",
      `/checkout/${world.checkout.id}`,
      `/checkout/${world.checkout.id}/lines`,
      "/admin/sign-in",
    ];
    const rows = paths.flatMap((path): Row[] => {
      const to = (body: string, headers: Record<string, string>): WireRequest => ({
        method: "POST",
        path,
        headers: { cookie, ...headers },
        body,
      });
      return [
        ["json", to("{}", JSON_TYPE), 415],
        ["no type", to("a=1", {}), 415],
        ["too large", to(`a=${"x".repeat(200_000)}`, FORM_TYPE), 413],
        ["torn parts", to("--cut\r\nsurprise", { "content-type": "multipart/form-data; boundary=cut" }), 400],
        ["no boundary", to("a", { "content-type": "multipart/form-data" }), 400],
      ];
    });
    expect(await faultsOf(world, rows, { isPage: true, types })).toEqual([]);
  });

  it("with wrong values says so and changes nothing", async () => {
    const cookie = `kerbside_cart=${world.cart.id}`;
    const lineId = world.known["lineId"] ?? "";
    const to = (path: string, body: string): WireRequest => ({
      method: "POST",
      path,
      headers: { ...FORM_TYPE, cookie },
      body,
    });
    const quantities = ["0", "-1", "0.5", "1e3", "99999", "abc", "%00", "", "١"];
    const rows = quantities.flatMap((bad): Row[] => [
      ["add", to("/cart/lines", `sku=${world.sku}&quantity=${bad}`), 422],
      ["set", to(`/checkout/${world.checkout.id}/lines`, `lineId=surprise&quantity=${bad}`), 303],
    ]);
    rows.push(
      ["unknown sku", to("/cart/lines", "sku=surprise&quantity=1"), 422, 404],
      ["unknown variant", to("/cart/lines", "variantId=var_surprise&quantity=1"), 422, 404],
      ["unknown line", to("/cart", `remove=surprise`), 303, 404],
      ["line", to("/cart", `quantity-${lineId}=abc&quantity_${lineId}=abc`), 422, 303],
      ["unknown checkout", to("/checkout/chk_surprise", "email=a"), 404],
      ["no key", to(`/orders/${world.pending.orderId}/cancel`, ""), 404],
      ["wrong word", to("/admin/sign-in", "password=surprise"), 422],
      ["no session", to(`/admin/stock/${world.sku}`, "kind=received&quantity=1&reason=x"), 303, 401],
      ["no session", to(`/admin/orders/${world.pending.orderId}/cancel`, ""), 303, 401],
    );
    expect(await faultsOf(world, rows, { isPage: true, types })).toEqual([]);
  });
});

describe("every problem that was seen", () => {
  it("has a page of its own that explains it", async () => {
    expect(types.size).toBeGreaterThan(4);
    expect(await unexplained(world, types)).toEqual([]);
  });
});
