import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { DeliveryMethod } from "../contract.ts";

export type ShippingAdminOptions = {
  readonly save: (c: Context, method: DeliveryMethod) => Promise<void>;
  readonly list: (c: Context) => Promise<readonly DeliveryMethod[]>;
};

const MAX_TRANSIT_DAYS = 60;
const MAX_COUNTRIES = 250;
/** In the smallest unit, as for a product: far above any parcel, and no sum of an order can leave the safe integers. */
const MAX_PRICE_MINOR = 10_000_000_000;

/** Zones of one way: islands and exclaves of a country are a few dozen. */
const MAX_POSTCODE_ZONES = 200;

const beginning = z
  .string()
  .regex(/^[A-Z0-9]{1,10}$/, "Use capitals and digits without spaces, such as 25846.");
const postcodeZone = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as DE."),
    from: beginning,
    to: beginning,
    extraDays: z.exactOptional(z.int().min(1).max(MAX_TRANSIT_DAYS)),
  })
  .refine((zone) => zone.to.padEnd(10, "Z") >= zone.from, {
    path: ["to"],
    message: "Use a code that is not before the first.",
  })
  .meta({ id: "PostcodeZone", description: "Without extraDays, the way does not go there." });

const methodFields = {
  name: z.string().trim().min(1).max(80),
  carrier: z.string().trim().min(1).max(80),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as DE."))
    .min(1)
    .max(MAX_COUNTRIES),
  currency: z.string().regex(/^[A-Z]{3}$/, "Use three capital letters, such as EUR."),
  priceMinor: z.int().min(0).max(MAX_PRICE_MINOR),
  freeFromMinor: z.exactOptional(z.int().min(0).max(MAX_PRICE_MINOR)),
  minDays: z.int().min(0).max(MAX_TRANSIT_DAYS),
  maxDays: z.int().min(0).max(MAX_TRANSIT_DAYS),
  cutoffHour: z.int().min(0).max(23),
  position: z.int().min(0).max(1000),
  isActive: z.boolean(),
};
const postcodeZones = z.array(postcodeZone).max(MAX_POSTCODE_ZONES);
const inputSchema = z
  .strictObject({ ...methodFields, postcodeZones: postcodeZones.default([]) })
  .refine((method) => method.maxDays >= method.minDays, {
    path: ["maxDays"],
    message: "Use at least minDays.",
  });
const methodSchema = z
  .object({ methodId: z.string(), ...methodFields, postcodeZones })
  .meta({ id: "DeliveryMethod" });
const idParam = z.object({
  methodId: z.string().regex(/^[a-z0-9-]{1,60}$/, "Use lower-case letters, digits and hyphens."),
});

/** Ways of delivery for staff. Mounted under /admin/api. */
export function createShippingAdminApi({ save, list }: ShippingAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/delivery-methods",
    describeRoute({
      summary: "All ways of delivery",
      tags: ["Delivery"],
      responses: {
        200: jsonAnswer("The list", z.object({ items: z.array(methodSchema) })),
        ...problemAnswers(401),
      },
    }),
    async (c) => c.json({ items: await list(c) }),
  );
  app.put(
    "/delivery-methods/:methodId",
    describeRoute({
      summary: "Create or replace a way of delivery",
      tags: ["Delivery"],
      responses: { 200: jsonAnswer("As stored", methodSchema), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", idParam),
    validate("json", inputSchema),
    async (c) => {
      const method: DeliveryMethod = { methodId: c.req.valid("param").methodId, ...c.req.valid("json") };
      await save(c, method);
      return c.json(method);
    },
  );
  return app;
}
