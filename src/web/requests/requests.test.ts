import { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readBytes, readForm } from "./read-body.ts";
import { parseIdempotencyKey, readIdempotencyKey } from "./idempotency-key.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { requestContext } from "./request-context.ts";
import { validate } from "./validate.ts";
import { answerProblem } from "../problems/problem-response.ts";
import type { WebEnv } from "../web-env.ts";

const schema = z.object({
  quantity: z.int("Enter a whole number.").min(1, "Enter a quantity from 1 to 20.").max(20),
  note: z.string().optional(),
});

function shop() {
  const app = new Hono<WebEnv>();
  app.use(requestContext({ continueTrace: (header) => header ?? "00-trace" }));
  app.use(requireSameOrigin());
  app.post("/lines", validate("json", schema, 100), (c) => c.json({ got: c.req.valid("json").quantity }));
  app.get(
    "/list",
    validate("query", z.object({ limit: z.coerce.number().max(100, "Ask for at most 100.") })),
    (c) => c.json(c.req.valid("query")),
  );
  app.post("/form", async (c) => {
    const form = await readForm(c, 100);
    return form.ok ? c.json(form.value) : answerProblem(c, form.refusal.problem);
  });
  app.post("/key", (c) => {
    const key = readIdempotencyKey(c, true);
    return key.ok ? c.json({ key: key.value }) : answerProblem(c, key.refusal.problem);
  });
  return app;
}

const post = (path: string, body: BodyInit, headers: Record<string, string>) =>
  shop().request(`http://shop.test${path}`, { method: "POST", body, headers });
const json = { "content-type": "application/json" };

describe("a body that is read twice", () => {
  it("is the same again, within the second reader's limit", async () => {
    const app = new Hono();
    app.post("/twice", async (c) => {
      const whole = await readBytes(c, 100);
      const form = await readForm(c, 100);
      const small = await readBytes(c, 3);
      return c.json([whole.ok && whole.value.byteLength, form.ok && form.value, small.ok]);
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await app.request("/twice", { method: "POST", body: "a=1&b=2", headers });
    expect(await answer.json()).toEqual([7, { a: "1", b: "2" }, false]);
  });
});

describe("a JSON body", () => {
  it("that fits reaches the handler", async () => {
    const answer = await post("/lines", '{"quantity":2}', json);
    expect([answer.status, await answer.json()]).toEqual([200, { got: 2 }]);
  });

  it.each([
    [
      "of another content type",
      '{"quantity":2}',
      { "content-type": "text/plain" },
      415,
      "wrong-content-type",
    ],
    ["without a content type", new Uint8Array([123, 125]), {}, 415, "wrong-content-type"],
    ["that is broken", '{"quantity":', json, 400, "broken-body"],
    ["that is empty", "", json, 400, "broken-body"],
    ["that is not UTF-8", new Uint8Array([34, 0xff, 34]), json, 400, "broken-body"],
    ["beyond the limit", JSON.stringify({ quantity: 1, note: "x".repeat(100) }), json, 413, "body-too-large"],
    ["that is null", "null", json, 422, "invalid-fields"],
    ["with a wrong value", '{"quantity":0}', json, 422, "invalid-fields"],
  ])("%s is refused with a problem", async (_, body, headers, status, code) => {
    const answer = await post("/lines", body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    const problem = (await answer.json()) as { type: string; instance: string };
    expect(problem.type).toBe(`/problems/web/${code}`);
    expect(problem.instance).toBe(answer.headers.get("x-request-id"));
  });

  it("that lies about its length is still cut at the limit", async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(" ".repeat(64)));
      },
    });
    const init = { method: "POST", body: stream, headers: json, duplex: "half" } as RequestInit;
    expect((await shop().request("http://shop.test/lines", init)).status).toBe(413);
  });

  it("names each wrong field by a JSON pointer", async () => {
    const answer = await post("/lines", '{"quantity":99,"note":5}', json);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual(["/quantity", "/note"]);
  });
});

describe("other parts of a request", () => {
  it("are named in the pointer", async () => {
    const answer = await shop().request("http://shop.test/list?limit=1000");
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: "/query/limit", detail: "Ask for at most 100." }],
    });
  });

  it("appear in the OpenAPI document", async () => {
    const document = await generateSpecs(shop());
    expect(JSON.stringify(document.paths["/lines"])).toContain("quantity");
    expect(JSON.stringify(document.paths["/list"])).toContain("limit");
  });
});

describe("a form", () => {
  it("becomes fields; the last of equal names counts", async () => {
    const answer = await post("/form", "a=1&b=two+words&a=3", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(await answer.json()).toEqual({ a: "3", b: "two words" });
  });

  it("of several parts beyond the limit is refused", async () => {
    const part = `--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\n${"x".repeat(100)}\r\n--cut--`;
    const answer = await post("/form", part, { "content-type": "multipart/form-data; boundary=cut" });
    expect(answer.status).toBe(413);
  });

  it("of another content type is refused", async () => {
    expect((await post("/form", "{}", json)).status).toBe(415);
  });
});

describe("an idempotency key", () => {
  it.each([
    ["abc-123", "abc-123"],
    ['"abc-123"', "abc-123"],
    ['"with \\ slash"', undefined],
    ['"a\\"b"', 'a"b'],
    ["x".repeat(255), "x".repeat(255)],
    ["x".repeat(256), undefined],
    ["", undefined],
    ['""', undefined],
    ['"open', undefined],
    ["has space", undefined],
    ["ümlaut", undefined],
  ])("%s reads as %s", (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it("that is missing where one is needed is a 400", async () => {
    const answer = await post("/key", "", {});
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
      400,
      "/problems/web/idempotency-key-missing",
    ]);
  });
});

describe("a write from a browser", () => {
  it.each([
    ["of our own page", { "sec-fetch-site": "same-origin" }, 200],
    ["of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["of a sibling domain", { "sec-fetch-site": "same-site" }, 403],
    ["with our origin only", { origin: "http://shop.test" }, 200],
    ["with another origin only", { origin: "https://evil.test" }, 403],
    ["with a hidden origin", { origin: "null" }, 403],
    ["with neither header, so from a program", {}, 200],
  ])("%s answers %s", async (_, headers, status) => {
    expect(
      (await post("/lines", '{"quantity":2}', { ...json, ...(headers as Record<string, string>) })).status,
    ).toBe(status);
  });
});
