import type { Context, Env, Hono } from "hono";
import type { ProductView } from "#catalog";
import { publicCache, type DeliveryEstimate } from "#web";
import { KNOWN_PARAMETERS_HEADER } from "../kept-page.ts";
import { PAGE_SHARED_SECONDS } from "../limits.ts";
import type { Frame, FrameOptions } from "./frame.ts";

export type CatalogPagesOptions<E extends Env> = FrameOptions<E> & {
  /** What delivery costs and when it arrives, for the shop's home market; the page does without it when it fails. */
  readonly deliveryEstimate?: (c: Context<E>, product: ProductView) => Promise<DeliveryEstimate | undefined>;
};

/** What the routes of the catalogue pages share. */
export type Routing<E extends Env> = {
  readonly app: Hono<E>;
  readonly options: CatalogPagesOptions<E>;
  readonly frame: (c: Context<E>) => Promise<Frame>;
  readonly notFound: (c: Context<E>) => Promise<Response>;
};

/** Marks the page as public and tells the page cache which parameters of its address mean anything. */
export function markPublic(c: Context, tags: readonly string[], parameters: readonly string[] = []): void {
  publicCache(c, { sharedSeconds: PAGE_SHARED_SECONDS, tags });
  c.header(KNOWN_PARAMETERS_HEADER, parameters.join(" "));
  c.header("speculation-rules", '"/speculation-rules.json"');
}
