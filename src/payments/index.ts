export type * from "./contract.ts";
export { INBOX_SHARDS, inboxName, inboxShard } from "./contract.ts";
export type { PaymentMethods, PaymentOffer } from "./app/payment-methods.ts";
export { isCardProvider, parseProviders } from "./domain/methods.ts";
export type { PaymentMethodId, ProviderName, Purchase } from "./domain/methods.ts";
