import type { PlacementRefusal } from "#orders";
import type { CodeRefusal } from "./cart-codes.ts";
import type { ShoppingRefusal } from "./cart-use-cases.ts";
import type { MarketRefusal } from "./enter-market.ts";
import type { OpeningRefusal } from "./open-cart.ts";
import type { DetailsRefusal } from "./checkout-use-cases.ts";
import type { PlaceRefusal } from "./place-order.ts";

/** Everything that cart, checkout and order may refuse, as facts. */
export type CheckoutRefusal =
  | OpeningRefusal
  | ShoppingRefusal
  | MarketRefusal
  | CodeRefusal
  | DetailsRefusal
  | PlaceRefusal
  | PlacementRefusal;
export type CheckoutRefusalCode = CheckoutRefusal["code"];
