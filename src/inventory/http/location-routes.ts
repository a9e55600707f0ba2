import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { toIso } from "#kernel";
import { expectedOf, answerJson, jsonAnswer, problemAnswers, validate, versionEtag, type WebEnv } from "#web";
import { saveLocation } from "../app/stock-desk.ts";
import type { Location } from "../contract.ts";
import { locationInput, locationParam, locationSchema } from "./schemas.ts";
import { answerRefusal, type StockAdminOptions } from "./support.ts";

const view = (location: Location) => ({ ...location, updatedAt: toIso(location.updatedAt) });

/** Where units can lie. A location is never deleted, because journals name it: it becomes inactive. */
export function createLocationRoutes({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/locations",
    describeRoute({
      summary: "All locations, by priority",
      tags: ["Stock"],
      responses: {
        200: jsonAnswer("At most 50", z.object({ items: z.array(locationSchema) })),
        ...problemAnswers(401),
      },
    }),
    async (c) => {
      const { locations } = await desk(c).locations.list();
      return c.json({ items: locations.map(view) });
    },
  );
  app.put(
    "/locations/:code",
    describeRoute({
      summary: "Create or replace a location",
      description: "Orders follow the new priorities within a minute. If-Match is optional.",
      tags: ["Stock"],
      responses: {
        200: jsonAnswer("As stored", locationSchema),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("param", locationParam),
    validate("json", locationInput),
    async (c) => {
      const input = { ...c.req.valid("param"), ...c.req.valid("json"), ...expectedOf(c) };
      const result = await saveLocation(desk(c), input);
      if (!result.ok) return answerRefusal(c, result.refusal);
      return answerJson(c, view(result.value), versionEtag(result.value.version));
    },
  );
  return app;
}
