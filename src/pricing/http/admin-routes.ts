import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { PPM } from "#kernel";
import { jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { TaxRate } from "../contract.ts";

export type PricingAdminOptions = {
  readonly save: (c: Context, country: string, rates: readonly TaxRate[]) => Promise<void>;
  readonly list: (c: Context) => Promise<readonly TaxRate[]>;
};

const rateFields = {
  taxClass: z.enum(["standard", "reduced", "zero"]),
  ratePpm: z.int().min(0).max(PPM).describe("Parts per million: 190000 is 19 %."),
};
const inputSchema = z
  .strictObject({ rates: z.array(z.strictObject(rateFields)).min(1).max(3) })
  .refine(({ rates }) => new Set(rates.map((rate) => rate.taxClass)).size === rates.length, {
    path: ["rates"],
    message: "Name each tax class once.",
  });
const rateSchema = z.object({ country: z.string(), ...rateFields }).meta({ id: "TaxRate" });
const listSchema = z.object({ items: z.array(rateSchema) });
const countryParam = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as DE."),
});

/** Tax rates for staff. Mounted under /admin/api. */
export function createPricingAdminApi({ save, list }: PricingAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/tax-rates",
    describeRoute({
      summary: "All tax rates",
      tags: ["Tax"],
      responses: { 200: jsonAnswer("The list", listSchema), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: await list(c) }),
  );
  app.put(
    "/tax-rates/:country",
    describeRoute({
      summary: "Replace the rates of a country",
      tags: ["Tax"],
      responses: { 200: jsonAnswer("As stored", listSchema), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", countryParam),
    validate("json", inputSchema),
    async (c) => {
      const { country } = c.req.valid("param");
      const items = c.req.valid("json").rates.map((rate) => ({ country, ...rate }));
      await save(c, country, items);
      return c.json({ items });
    },
  );
  return app;
}
