import { PACK_AFTER_SECONDS_DEFAULT, PACK_AFTER_SECONDS_MAX } from "../../src/fulfilment/domain/limits.ts";

/**
 * The variable PACK_AFTER_SECONDS, which the order's Worker and the packing one both have. 0 packs at once; what is no
 * number of seconds falls back to the default, which errs on the buyer's side.
 */
export function packAfterSecondsOf(text: string): number {
  const seconds = text.trim() === "" ? Number.NaN : Number(text);
  return seconds >= 0 && seconds <= PACK_AFTER_SECONDS_MAX ? seconds : PACK_AFTER_SECONDS_DEFAULT;
}
