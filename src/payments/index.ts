export type * from "./contract.ts";
export { INBOX_SHARDS, inboxName, inboxShard } from "./contract.ts";
export type { PaymentMethods, PaymentOffer } from "./app/payment-methods.ts";
export type { PaymentMethodId, Purchase } from "./domain/methods.ts";
