import type { EpochMs, OrderId, Result } from "#kernel";
import type { PaymentPort, RefundPort } from "#orders";
import type { ProviderName } from "../domain/methods.ts";

/** A provider that also tells whether it is worth asking a buyer to pay now. */
export type PaymentProvider = PaymentPort &
  RefundPort & {
    /** What this isolate has seen lately; costs no call. */
    isAvailable(): boolean;
    /** The same, but after a failed call the provider is asked (at most 1.5 s) whether it is back. Never throws. */
    checkAvailability(): Promise<boolean>;
  };

/** The providers of a deployment. */
export type PaymentProviders = {
  /** Those that new orders may use, in the order in which buyers see them. */
  readonly names: readonly ProviderName[];
  /** The provider of this name; `undefined` when this deployment has none. The same one at every call. */
  get(name: string): PaymentProvider | undefined;
};

/** What a genuine webhook tells: that there is news of this order's payment, and nothing that is believed further. */
export type VerifiedWebhook = {
  /** The same for every delivery of one message. */
  readonly id: string;
  /** Such as `payment.authorised`. */
  readonly type: string;
  readonly orderId: OrderId;
  /** Our own idempotency key of the payment. */
  readonly key: string;
};

export type WebhookRefusal =
  | { readonly code: "signature_missing" }
  | { readonly code: "signature_wrong" }
  | { readonly code: "outside_tolerance" }
  /** Genuine, but not JSON of the agreed shape. */
  | { readonly code: "body_wrong" }
  /** Genuine, and about something that is not an order of this shop. */
  | { readonly code: "not_an_order" };

export type VerifyWebhook = (
  body: Uint8Array,
  headers: Headers,
  now: EpochMs,
) => Result<VerifiedWebhook, WebhookRefusal> | Promise<Result<VerifiedWebhook, WebhookRefusal>>;
