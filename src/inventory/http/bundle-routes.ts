import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import { saveBundle } from "../app/stock-desk.ts";
import { bundleInput, bundleSchema, skuParam } from "./schemas.ts";
import { answerRefusal, type StockAdminOptions } from "./support.ts";

/** Sellable units that are made of others; the price stays that of the catalogue's variant. */
export function createBundleRoutes({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/bundles/:sku",
    describeRoute({
      summary: "What one unit of a bundle is made of",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The definition", bundleSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", skuParam),
    async (c) => {
      const { sku } = c.req.valid("param");
      const bundle = await desk(c).bundles.find(sku);
      return bundle.components.length > 0
        ? c.json(bundle)
        : answerRefusal(c, { code: "bundle_unknown", sku });
    },
  );
  app.put(
    "/bundles/:sku",
    describeRoute({
      summary: "Define a bundle, or end it",
      description: "Orders that were placed keep the components that they were placed with.",
      tags: ["Stock"],
      responses: {
        200: jsonAnswer("As stored", bundleSchema),
        ...problemAnswers(400, 401, 404, 413, 415, 422),
      },
    }),
    validate("param", skuParam),
    validate("json", bundleInput),
    async (c) => {
      const result = await saveBundle(desk(c), { ...c.req.valid("param"), ...c.req.valid("json") });
      return result.ok ? c.json(result.value) : answerRefusal(c, result.refusal);
    },
  );
  return app;
}
