/** The queues of this Worker, as wrangler.toml names them; each has a dead-letter queue with the suffix. */
export const QUEUES = {
  projection: "kerbside-projection",
  shipping: "kerbside-shipping",
  notifications: "kerbside-notifications",
  carrierScans: "kerbside-carrier-scans",
} as const;

export const DEAD_SUFFIX = "-dead";
