import { WEB_CHANNEL, type Publication } from "../contract-model.ts";
import type { ProductStatus } from "../contract.ts";

/** What the clock says of it: whether the shop lists it now, and when that changes by itself. */
export type Listing = { readonly isListed: boolean; readonly changesAtMs?: number };

/** Listed means active, on the web channel, from `publishAtMs` on and before `unpublishAtMs`. */
export function listingAt(status: ProductStatus, publication: Publication, nowMs: number): Listing {
  const { channels, publishAtMs = 0, unpublishAtMs = Number.POSITIVE_INFINITY } = publication;
  const mayBeListed = status === "active" && channels.includes(WEB_CHANNEL) && nowMs < unpublishAtMs;
  if (!mayBeListed) return { isListed: false };
  if (nowMs < publishAtMs) return { isListed: false, changesAtMs: publishAtMs };
  return { isListed: true, ...(Number.isFinite(unpublishAtMs) ? { changesAtMs: unpublishAtMs } : {}) };
}

/** On the web channel from the moment it is active. */
export const DEFAULT_PUBLICATION: Publication = { channels: [WEB_CHANNEL] };
