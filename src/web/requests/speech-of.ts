import type { Context } from "hono";
import { speechFor, type Speech } from "#words";
import { HOME_PLACE, type ShopPlace } from "../parts/shop-place.ts";

/** How the shop speaks to this request; for sentences that a handler puts together before a page is rendered. */
export const speechOf = (c: Context): Speech =>
  speechFor(((c.get("place") as ShopPlace | undefined) ?? HOME_PLACE).locale);
