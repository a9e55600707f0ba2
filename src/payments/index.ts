export type { PaymentMethods, PaymentOffer } from "./app/payment-methods.ts";
export type { PaymentMethodId, Purchase } from "./domain/methods.ts";
