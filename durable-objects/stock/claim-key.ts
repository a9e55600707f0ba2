import type { HoldClaim } from "#inventory";
import type { OrderId } from "#kernel";

/** The text under which a claim is stored: the order id, and the part of an edit behind a slash. */
export const claimKey = ({ orderId, part }: HoldClaim): string =>
  part === 0 ? orderId : `${orderId}/${part}`;

/** Reads what {@link claimKey} has made. */
export function claimOf(key: string): HoldClaim {
  const [orderId = "", part = "0"] = key.split("/");
  return { orderId: orderId as OrderId, part: Number(part) };
}
