import { base32, epochMs, invariant, isId, mintId, SECRET_ID_RANDOM_BYTES, type OrderId } from "#kernel";
import { checkoutTimeCharacters } from "#cart";
import { secretName, sha256, sha256Hex } from "#platform";
import type { NamesPort } from "../app/ports.ts";

/** Characters of hash in an order id: 130 bits. */
const ORDER_HASH_CHARACTERS = 26;
const LINE_ID_BYTES = 10;
const KEY_BYTES = 26;

const randomText = (bytes: number): string => base32(crypto.getRandomValues(new Uint8Array(bytes)));

/** Ids and secrets from the platform's randomness and digests. `sessionSecret` never leaves this adapter. */
export const createNames = (sessionSecret: string): NamesPort => ({
  mintCartId: () => mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES),

  async keyedCartId(client, key) {
    const cartId = `crt_${await secretName(sessionSecret, JSON.stringify(["cart", client, key]))}`;
    invariant(isId("crt", cartId), "a keyed cart id is well-formed");
    return cartId;
  },

  mintLineId: () => `lin_${randomText(LINE_ID_BYTES)}`,

  mintKey: () => randomText(KEY_BYTES),

  async orderId(checkoutId, key): Promise<OrderId> {
    const hash = base32(await sha256(JSON.stringify([checkoutId, key])));
    const orderId = `ord_${checkoutTimeCharacters(checkoutId)}${hash.slice(0, ORDER_HASH_CHARACTERS)}`;
    invariant(isId("ord", orderId), "an order id is well-formed");
    return orderId;
  },

  orderAccessKey: (orderId) => secretName(sessionSecret, JSON.stringify(["order", orderId])),

  hash: sha256Hex,
});
