import { toIso, type EpochMs, type OrderId } from "#kernel";
import type { ObjectNamespace } from "#platform";
import type { OrderEventData, OrderRpc } from "../contract.ts";
import type { EventEnvelope } from "#platform";

/** One mail an hour for one order, however often somebody asks. */
const MAIL_EVERY_MS = 60 * 60_000;

/** The mailer's message: nothing happened to the order, so no object sent it and none awaits an acknowledgement. */
export const LINK_REQUESTED = "order.link_requested";

export type OrderLinkPorts = {
  /** Orders with this number, newest first; a number is short, so there may be several. */
  readonly findByNumber: (
    orderNumber: string,
  ) => Promise<readonly { readonly orderId: OrderId; readonly email: string }[]>;
  readonly orders: ObjectNamespace<OrderRpc>;
  readonly accessKey: (orderId: OrderId) => Promise<string>;
  readonly sendToMailer: (message: EventEnvelope<string, OrderEventData>) => Promise<unknown>;
  readonly now: () => EpochMs;
};

export type OrderLinkRequest = {
  /** As it is printed, `K-7F3K-92QD`; capitals, spaces and dashes do not matter. */
  readonly orderNumber: string;
  readonly email: string;
  readonly traceparent: string;
};

/** `k7f3k92qd` and `K-7F3K-92QD` are the same number; `undefined` when it cannot be one. */
export function readOrderNumber(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const [, head, tail] = /^K?([A-Z0-9]{4})([A-Z0-9]{4})$/.exec(compact) ?? [];
  return head === undefined || tail === undefined ? undefined : `K-${head}-${tail}`;
}

const sameAddress = (left: string, right: string): boolean =>
  left.normalize("NFC").trim().toLowerCase() === right.normalize("NFC").trim().toLowerCase();

/**
 * Sends the secret link of an order to the address that ordered it, when number and address belong together. Says nothing
 * about whether they do: the caller answers the same in either case, and does not wait. Repeating within the hour sends
 * nothing more.
 */
export async function requestOrderLink(ports: OrderLinkPorts, request: OrderLinkRequest): Promise<void> {
  const found = await ports.findByNumber(request.orderNumber);
  const order = found.find(({ email }) => sameAddress(email, request.email));
  if (!order) return;
  const linkKey = await ports.accessKey(order.orderId);
  const view = await ports.orders.getByName(order.orderId).viewWithKey(linkKey);
  if (!view.ok) return;
  const now = ports.now();
  await ports.sendToMailer({
    id: `${order.orderId}:link:${Math.floor(now / MAIL_EVERY_MS)}`,
    type: LINK_REQUESTED,
    aggregate: { kind: "order", id: order.orderId },
    sequence: view.value.version,
    occurredAt: toIso(now),
    version: 1,
    data: { order: view.value, linkKey },
    traceparent: request.traceparent,
  });
}
