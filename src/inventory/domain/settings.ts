import { invariant } from "#kernel";
import { DEFAULT_LOCATION, type Arrangement, type SellingPolicy } from "../contract.ts";
import { isLocationCode, type Movement, type StockState } from "./level.ts";
import { MAX_LOCATIONS } from "./limits.ts";
import { parsePolicy } from "./policy.ts";

/**
 * Decides another selling policy; nothing when it is the same, or when it is meant for an untouched SKU and this one is
 * not. Written at the default location, where it moves nothing.
 */
export function decidePolicy(
  state: StockState,
  input: SellingPolicy,
  when: "always" | "untouched" = "always",
): readonly Movement[] {
  if (when === "untouched" && state.version > 0) return [];
  const policy = parsePolicy(input);
  invariant(policy, "a selling policy is parsed before it is sent");
  if (JSON.stringify(policy) === JSON.stringify(parsePolicy(state.policy))) return [];
  return [{ kind: "policy_set", location: DEFAULT_LOCATION, change: {}, policy }];
}

/** Decides which locations serve orders; nothing when the arrangement is not newer than the known one. */
export function decideArrangement(
  state: StockState,
  { revision, serving }: Arrangement,
): readonly Movement[] {
  const codes = [...new Set(serving)].filter(isLocationCode);
  invariant(
    Number.isSafeInteger(revision) && codes.length === serving.length && codes.length <= MAX_LOCATIONS,
    "an arrangement is of different location codes",
  );
  if (revision <= state.arrangement.revision) return [];
  const arrangement: Arrangement = { revision, serving: codes };
  return [{ kind: "locations_arranged", location: DEFAULT_LOCATION, change: {}, arrangement }];
}
