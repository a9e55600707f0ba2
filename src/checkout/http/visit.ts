import type { Context } from "hono";
import type { CheckoutPorts } from "../app/ports.ts";

/** One request and the shop behind it: what every handler of this room passes on. */
export type Visit = { readonly c: Context; readonly ports: CheckoutPorts };
