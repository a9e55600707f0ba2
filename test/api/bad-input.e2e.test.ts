import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useShop } from "../support/shop-harness.ts";
import { fill, readOperations, wrongKinds, type Operation } from "./operations.ts";
import { OUTSIDE_THE_MATRIX } from "./outside-the-matrix.ts";
import { faultsOf, FORM_TYPE, JSON_TYPE, requestFor, sampleOf, unexplained, type Row } from "./rows.ts";
import { send, type WireRequest } from "./wire.ts";
import { createWorld, type Headers, type World } from "./world.ts";

// Every operation of both documents with everything that a client can get wrong. A refusal is a problem that says what
// to mend; nothing changes; nothing is ever a defect of the shop (P7).

const harness = useShop();
const types = new Set<string>();
let world: World;
let promised: readonly Operation[];
let operations: readonly Operation[];
let before: unknown;

beforeAll(async () => {
  world = await createWorld(harness.shop.url, harness.shop.adminToken);
  promised = await readOperations(world.origin);
  operations = promised.filter(({ name }) => !OUTSIDE_THE_MATRIX.includes(name));
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

const withJson = () => operations.filter((operation) => operation.hasJsonBody);
/** Above every JSON bound: products may take more than the rest. */
const TOO_LARGE = 3 * 1024 * 1024;

describe("a body", () => {
  it("has a right sample for each operation, or this file tests nothing", () => {
    expect(withJson().filter(({ name }) => world.samples[name] === undefined)).toEqual([]);
    expect(operations.length).toBeGreaterThan(35);
    const names = promised.map(({ name }) => name);
    expect(OUTSIDE_THE_MATRIX.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("that cannot be read is refused", async () => {
    const rows = withJson().flatMap((operation): Row[] => {
      const sample = right(operation);
      const to = (body: string | Uint8Array, headers = {}) => requestTo(operation, body, headers);
      return [
        ["is cut", to(sample.slice(0, -1)), 400],
        ["is a word", to("surprise"), 400],
        ["is NaN", to(sample.replace("{", '{"a":NaN,')), 400],
        ["has a trailing comma", to(sample.replace(/\}$/, ",}")), 400],
        ["is no UTF-8", to(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400],
        ["has a raw NUL", to(`${sample}\0`), 400],
        ["is deep", to("[".repeat(30_000) + "]".repeat(30_000)), 400, 422],
        ["is deep and open", to('{"a":'.repeat(10_000)), 400],
        ["is text/plain", to(sample, { "content-type": "text/plain" }), 415],
        ["is a form", to("a=1", FORM_TYPE), 415],
        ["has an odd type", to(sample, { "content-type": "application/json, text/html" }), 415],
        ["is too large", to(`{"a":"${"x".repeat(TOO_LARGE)}"}`), 413],
        ["is null", to("null"), 422],
        ["is a list", to("[]"), 422],
        ["is a text", to('"text"'), 422],
        ["is a number", to("1e400"), 422],
        ["has __proto__", to(sample.replace("{", '{"__proto__":{"a":1},')), 422],
        ["says a member twice", to(sample.replace("{", '{"surprise":1,"surprise":2,')), 422],
      ];
    });
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("that is empty is refused, except where every member is optional", async () => {
    const needing = withJson().filter(({ name }) => name !== "POST /api/carts");
    const rows = needing.map((operation): Row => ["is empty", requestTo(operation, ""), 400]);
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("with a member of a wrong kind, or an unknown one, is refused with 422", async () => {
    const rows = withJson()
      .flatMap((operation) =>
        wrongKinds(world.samples[operation.name]).map(({ pointer, text }): Row => [
          pointer,
          requestTo(operation, text),
          422,
          ...conflictFor(pointer),
        ]),
      )
      .filter(([pointer]) => !isMeasure(pointer));
    expect(rows.length).toBeGreaterThan(300);
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });
});

/** What an attribute measures may be any number. */
const isMeasure = (pointer: string): boolean =>
  /\/conditions\/\d+\/(?:minimum|maximum) = (?:-?0\.5|1e15)$/.test(pointer);

/** A version or a total beyond all measure is well-formed: nobody has seen it, so it is a conflict. */
const conflictFor = (pointer: string): readonly number[] =>
  /(?:version|amountMinor) = 1e15$/i.test(pointer) ? [409] : [];

describe("a quantity", () => {
  const BAD = [
    "0",
    "-1",
    "0.5",
    "1e15",
    "1e400",
    "100000",
    "NaN",
    '"1"',
    "null",
    "true",
    "[]",
    '"١"',
    "9007199254740993",
  ];

  it("that is no whole number in range is refused", async () => {
    const to = (name: string, text: string): WireRequest => {
      const operation = operations.find((each) => each.name === name);
      if (!operation) throw new Error(`There is no ${name}.`);
      return requestTo(operation, text);
    };
    const rows = BAD.flatMap((bad): Row[] => [
      [bad, to("POST /api/carts/{cartId}/lines", `{"sku":"${world.sku}","quantity":${bad}}`), 422, 400],
      ...(bad === "0"
        ? []
        : ([
            [bad, to("PATCH /api/carts/{cartId}/lines/{lineId}", `{"quantity":${bad}}`), 422, 400],
          ] satisfies Row[])),
      ...(["-1", "100000"].includes(bad)
        ? []
        : ([
            [
              bad,
              to(
                "POST /admin/api/stock/{sku}/adjustments",
                `{"kind":"received","reason":"x","quantity":${bad}}`,
              ),
              422,
              400,
            ],
          ] satisfies Row[])),
    ]);
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });
});

/** Values for a name in a path that lead nowhere, as they stand in the address. */
const ODD_SEGMENTS = [
  "unknown",
  "crt_00000000000000000000000000",
  "chk_01m829t64tgkykjyn9fgjqctsz0000",
  "ord_zzzzzzzzzz",
  "%00",
  "%E0%A4%A",
  "%",
  "%ff",
  "%F0%9F%92%A9",
  "%E2%80%AE",
  "%27%20OR%201%3D1--",
  "..%2f..%2fetc%2fpasswd",
  "%2e%2e",
  "__proto__",
  "constructor",
  "null",
  "-1",
  "1e400",
  "a%20b",
  "%0d%0aset-cookie:a=b",
  "x".repeat(3_000),
];

describe("an address", () => {
  it("with an id that leads nowhere is 404 or 422", async () => {
    const rows = operations
      .filter(({ pathNames, path }) => pathNames.length > 0 && !path.includes("/stock/"))
      .flatMap((operation) =>
        operation.pathNames.flatMap((name) =>
          ODD_SEGMENTS.filter((odd) => !isRightFor(operation, odd)).map((odd): Row => {
            const path = fill(operation.path, { ...world.known, [name]: odd });
            const body = operation.hasJsonBody ? right(operation) : undefined;
            return [name, { ...requestTo(operation, body), path }, 404, 422, 400];
          }),
        ),
      );
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  /** A write by name creates what is not there yet, so a well-formed new name is no mistake. */
  const isRightFor = (operation: Operation, odd: string): boolean =>
    (operation.method === "PUT" && /^[\w-]{1,40}$/.test(odd)) || (odd === "%2e%2e" && isUpstairs(operation));

  /** A step back from some addresses leads to another list of the same kind: /collections/../products. */
  const isUpstairs = ({ path }: Operation): boolean =>
    promised.some(
      (other) => other.method === "GET" && other.path === path.replace(/\/[^/]+\/\{\w+\}(?=\/)/, ""),
    );

  it("of stock with a SKU beyond the limits is refused", async () => {
    const rows = operations
      .filter(({ path }) => path.includes("/stock/"))
      .flatMap((operation): Row[] => {
        const body = operation.hasJsonBody ? right(operation) : undefined;
        const at = (sku: string) => ({ ...requestTo(operation, body), path: fill(operation.path, { sku }) });
        return [
          ["long", at("x".repeat(65)), 422],
          ["very long", at("x".repeat(3_000)), 422],
          ["blank", at("%20"), 422],
        ];
      });
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("with a bad limit or cursor is 422", async () => {
    const lists = operations.filter(({ queryNames }) => queryNames.includes("limit"));
    expect(lists.length).toBeGreaterThan(5);
    const limits = [
      "0",
      "101",
      "-1",
      "abc",
      "1.5",
      "1e400",
      "NaN",
      "%00",
      "99999999999999999999",
      "1%20OR%201",
    ];
    const cursors = [
      "!",
      "%00",
      "e30",
      "bnVsbA",
      "W10",
      "W251bGwsbnVsbF0",
      "WzFlNDAwXQ",
      "x".repeat(2_000),
      "%F0%9F%92%A9",
    ];
    const rows = lists
      .filter(({ path }) => !path.includes("{id}"))
      .flatMap((operation) => {
        const base = requestTo(operation);
        const at = (query: string): WireRequest => ({ ...base, path: `${base.path}?q=a&${query}` });
        return [
          ...limits.map((limit): Row => ["limit", at(`limit=${limit}`), 422]),
          ...cursors.map((cursor): Row => ["cursor", at(`cursor=${cursor}`), 422]),
        ];
      });
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("beyond all measure, or of nothing, is refused", async () => {
    const get = (path: string): WireRequest => ({ method: "GET", path });
    expect(
      await faultsOf(world, [
        ["long query", get(`/api/search?q=${"x".repeat(5_000)}`), 422],
        ["sort", get("/api/products?sort=surprise"), 422],
        ["no route", get("/api/surprise"), 404],
        ["no admin route", { ...get("/admin/api/surprise"), headers: world.staff }, 404],
        ["method", { method: "DELETE", path: "/api/products" }, 404, 405],
        [
          "method",
          { method: "PUT", path: `/api/carts/${world.cart.id}`, headers: JSON_TYPE, body: "{}" },
          404,
          405,
        ],
      ]),
    ).toEqual([]);
  });

  it("of a picture is answered whatever the client says that it has", async () => {
    const page = await send(world.origin, {
      method: "GET",
      path: `/products/${world.known["handle"] ?? ""}`,
    });
    const path = /\/media\/[\w.-]+/.exec(page.text)?.[0] ?? "";
    const get = (headers: Headers) => send(world.origin, { method: "GET", path, headers });
    const tag = String((await get({})).headers["etag"]);
    const odd = ['"', '"a', "surprise", "W/", '"a",', `"${"x".repeat(5_000)}"`, "\u00ff"];
    for (const sent of odd)
      expect([sent, (await get({ "if-none-match": sent })).status]).toEqual([sent, 200]);
    expect((await get({ "if-modified-since": "surprise", "if-match": '"', range: "bytes=9-1" })).status).toBe(
      200,
    );
    // A star means whatever there is (RFC 9110, 13.1.2).
    for (const known of [tag, `"other", ${tag}`, "*"])
      expect((await get({ "if-none-match": known })).status).toBe(304);
  });

  it("of a picture never leads out of the pictures", async () => {
    const paths = [
      "..%2f..%2fwrangler.toml",
      "%2e%2e/%2e%2e/etc/passwd",
      "../../etc/passwd",
      "a/../../x",
      "%00.svg",
      "....//x",
      "heron.svg%00.txt",
      "..\\..\\x",
      "x".repeat(2_000),
    ];
    const rows = paths.map((path): Row => [
      "traversal",
      { method: "GET", path: `/media/${path}` },
      404,
      400,
      422,
    ]);
    expect(await faultsOf(world, rows, { isPage: true, types })).toEqual([]);
  });
});

describe("a key or a version", () => {
  const placing = (headers: Record<string, string>): WireRequest => ({
    method: "POST",
    path: `/api/checkouts/${world.checkout.id}/place`,
    headers: { ...JSON_TYPE, ...headers },
    body: '{"payment":{"kind":"token","token":"tok_approve"}}',
  });

  it("that is missing, too long or malformed is refused", async () => {
    const bad = ["x".repeat(256), "has space", '"open', '""', "k".repeat(9_000)];
    const rows: Row[] = [["missing", placing({}), 400]];
    for (const key of bad) {
      rows.push(["bad key", placing({ "idempotency-key": key }), 400]);
      for (const operation of operations.filter(
        ({ path, method }) => method === "POST" && path.startsWith("/api/c"),
      ))
        rows.push(["bad key", requestTo(operation, right(operation), { "idempotency-key": key }), 400]);
    }
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  it("that is stale is 409 or 412", async () => {
    const cart = `/api/carts/${world.cart.id}`;
    const line = `${cart}/lines/${world.known["lineId"] ?? ""}`;
    const stale = { ...JSON_TYPE, "if-match": '"v0"' };
    const nonsense = { ...JSON_TYPE, "if-match": "surprise" };
    const rows = [stale, nonsense].flatMap((headers): Row[] => [
      [
        "add",
        { method: "POST", path: `${cart}/lines`, headers, body: `{"sku":"${world.sku}","quantity":1}` },
        412,
      ],
      ["set", { method: "PATCH", path: line, headers, body: '{"quantity":3}' }, 412],
      ["remove", { method: "DELETE", path: line, headers }, 412],
      [
        "details",
        { method: "PATCH", path: `/api/checkouts/${world.checkout.id}`, headers, body: '{"wantsNews":true}' },
        412,
      ],
    ]);
    rows.push(
      [
        "open",
        {
          method: "POST",
          path: "/api/checkouts",
          headers: JSON_TYPE,
          body: `{"cartId":"${world.cart.id}","cartVersion":999}`,
        },
        409,
      ],
      [
        "stock",
        {
          method: "POST",
          path: `/admin/api/stock/${world.sku}/adjustments`,
          headers: { ...JSON_TYPE, ...world.staff },
          body: '{"kind":"received","quantity":1,"reason":"x","expectedVersion":999}',
        },
        409,
      ],
    );
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });
});

describe("text that is no text", () => {
  it("in any member is refused or harmless", async () => {
    const odd = [
      '"\\ud800"',
      '"\\u0000"',
      '"a\\u0000b"',
      '"\\u202e"',
      '"\\ufeff"',
      '"\\r\\nx: y"',
      `"${"x".repeat(5_000)}"`,
      '"\'; DROP TABLE orders;--"',
    ];
    const rows = odd.flatMap((text): Row[] => {
      const patch = (body: string): WireRequest => ({
        method: "PATCH",
        path: `/api/checkouts/${world.checkout.id}`,
        headers: JSON_TYPE,
        body,
      });
      return [
        ["email", patch(`{"email":${text}}`), 422],
        [
          "postcode",
          patch(`{"address":{"fullName":"A","line1":"B 1","city":"C","postalCode":${text}}}`),
          422,
        ],
        ["country", patch(`{"country":${text}}`), 422],
        ["delivery", patch(`{"deliveryMethodId":${text}}`), 422],
        [
          "sku",
          {
            method: "POST",
            path: `/api/carts/${world.cart.id}/lines`,
            headers: JSON_TYPE,
            body: `{"sku":${text},"quantity":1}`,
          },
          422,
          404,
        ],
        [
          "cart",
          { method: "POST", path: "/api/checkouts", headers: JSON_TYPE, body: `{"cartId":${text}}` },
          404,
          422,
        ],
        [
          "token",
          {
            ...placingNothing(
              `{"payment":{"kind":"token","token":${text}},"expectedTotal":{"currency":"EUR","amountMinor":1}}`,
            ),
          },
          409,
          422,
        ],
        [
          "address to return to",
          placingNothing(
            `{"payment":{"kind":"redirect","returnUrl":${text}},"expectedTotal":{"currency":"EUR","amountMinor":1}}`,
          ),
          409,
          422,
        ],
      ];
    });
    expect(await faultsOf(world, rows, { types })).toEqual([]);
  });

  /** A total that nobody was shown keeps the order from being placed even if the rest were taken. */
  const placingNothing = (body: string): WireRequest => ({
    method: "POST",
    path: `/api/checkouts/${world.checkout.id}/place`,
    headers: { ...JSON_TYPE, "idempotency-key": `odd-${Math.random()}` },
    body,
  });
});

describe("every problem that was seen", () => {
  it("has a page of its own that explains it", async () => {
    expect(types.size).toBeGreaterThan(10);
    expect(await unexplained(world, types)).toEqual([]);
  });
});
