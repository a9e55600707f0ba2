/** The queues of this Worker, as wrangler.toml names them; each has a dead-letter queue with the suffix. */
export const QUEUES = {
  projection: "kerbside-projection",
  shipping: "kerbside-shipping",
  notifications: "kerbside-notifications",
  carrierScans: "kerbside-carrier-scans",
  shopperEvents: "kerbside-shopper-events",
} as const;

/** Read by a consumer of its own: it carries no order and no stock, and a lost message costs staleness only. */
export const PURGE_QUEUE_NAME = "kerbside-cache-purge";

export const DEAD_SUFFIX = "-dead";
