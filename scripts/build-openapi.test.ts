import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOpenapi } from "./build-openapi.ts";

type OpenApi = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
};

const folder = mkdtempSync(join(tmpdir(), "kerbside-openapi-test-"));
const read = (path: string): OpenApi => JSON.parse(readFileSync(join(folder, path), "utf8")) as OpenApi;

beforeAll(() => buildOpenapi({ publicDir: folder }), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["api/openapi.json", "admin/api/openapi.json"])("the document %s", (path) => {
  it("is valid OpenAPI 3.1", async () => {
    const document = read(path);
    expect(document.openapi).toMatch(/^3\.1\./);
    const result = await new Validator().validate({ ...document });
    expect(result.valid ? [] : result.errors).toEqual([]);
  });

  it("says for every operation what a success and what a problem look like", () => {
    const silent = Object.entries(read(path).paths).flatMap(([route, operations]) =>
      Object.entries(operations)
        .filter(([, { responses }]) => {
          const statuses = Object.keys(responses);
          return (
            !statuses.some((status) => /^2/.test(status)) || !statuses.some((status) => /^4/.test(status))
          );
        })
        .map(([method]) => `${method} ${route}`),
    );
    expect(silent).toEqual([]);
  });
});

it("documents every address of the shop API that others rely on", () => {
  const { paths } = read("api/openapi.json");
  const operations = Object.entries(paths).flatMap(([route, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${route.replaceAll(/\{\w+\}/g, "{}")}`),
  );
  expect(operations).toEqual(
    expect.arrayContaining([
      "GET /api/products",
      "GET /api/products/{}",
      "GET /api/collections",
      "GET /api/search",
      "POST /api/carts",
      "GET /api/carts/{}",
      "POST /api/carts/{}/lines",
      "PATCH /api/carts/{}/lines/{}",
      "DELETE /api/carts/{}/lines/{}",
      "POST /api/checkouts",
      "PATCH /api/checkouts/{}",
      "POST /api/checkouts/{}/place",
      "GET /api/orders/{}",
    ]),
  );
});
