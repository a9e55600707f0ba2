/** One event as it travels: the aggregate's own gap-free sequence lets every consumer see duplicates and gaps. */
export type EventEnvelope<Type extends string = string, Data = unknown> = {
  /** Stable for ever: `{aggregate id}:{sequence}`; the consumers' key against duplicates. */
  readonly id: string;
  /** Past tense and dotted, such as `order.confirmed`. */
  readonly type: Type;
  readonly aggregate: { readonly kind: "order" | "stock" | "voucher"; readonly id: string };
  readonly sequence: number;
  /** RFC 3339 UTC. */
  readonly occurredAt: string;
  /** Version of the shape of `data`. */
  readonly version: number;
  readonly data: Data;
  readonly traceparent: string;
};

/**
 * Where an outbox row goes: one queue each, so that one dead consumer stops only its own part (P4). `projection` gets
 * the newest state and may skip sequences, because whoever keeps a copy applies by version; the others get every event.
 */
export type Destination = "projection" | "shipping" | "notifications";
