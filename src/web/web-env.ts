import type { ShopPlace } from "./parts/shop-place.ts";

/** What the kit's middleware puts on every request; a Worker's own environment extends it. */
export type WebVariables = {
  /** Names this request in logs and in problem answers. */
  readonly requestId: string;
  /** W3C trace context of this hop, to pass on to objects and queues. */
  readonly traceparent: string;
  /** The market and language that a page is read in; absent: the default one. */
  readonly place?: ShopPlace;
};

/** The smallest Hono environment that the kit's middleware needs. */
export type WebEnv = { Variables: WebVariables };
