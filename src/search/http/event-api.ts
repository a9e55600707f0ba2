import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { problemAnswers, validate, type WebEnv } from "#web";
import { shopperEventsSchema, type LearnMessage } from "../contract-events.ts";

export type EventApiOptions = {
  /** Hands a message to the queue; one that fails is dropped, because nobody waits for it. */
  readonly send: (c: Context, message: LearnMessage) => Promise<void>;
  readonly now?: () => number;
};

/** Takes what pages tell of searches, views and carts. Same origin only and rate limited by the gateway. */
export function createEventApi({ send, now = Date.now }: EventApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/api/events",
    describeRoute({
      summary: "Tell what happened on a page",
      description:
        "For beacons of the shop's own pages: views, carts, searches and clicks on results. Neither address nor cookie is kept. What cannot be handed on is dropped.",
      tags: ["Search"],
      responses: { 202: { description: "Taken" }, ...problemAnswers(400, 413, 415, 422, 429) },
    }),
    validate("json", shopperEventsSchema),
    async (c) => {
      const { events } = c.req.valid("json");
      const message: LearnMessage = {
        id: crypto.randomUUID(),
        kind: "visit",
        occurredAtMs: now(),
        events,
        traceparent: c.get("traceparent"),
      };
      // Nobody who shops should notice that the queue is down.
      await send(c, message).catch(() => undefined);
      return c.body(null, 202);
    },
  );
  return app;
}
