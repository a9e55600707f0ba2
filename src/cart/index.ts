export type * from "./contract.ts";
export { cartIdOfCheckout, checkoutTimeCharacters } from "./domain/checkout-state.ts";
export { MAX_CODES, MAX_KEY_CHARACTERS, MAX_LINES, MAX_QUANTITY } from "./domain/limits.ts";
