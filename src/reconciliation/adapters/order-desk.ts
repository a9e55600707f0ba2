import { invariant } from "#kernel";
import type {
  OrderAudit,
  OrderEventPage,
  OrderRefusal,
  OrderRpc,
  OrderView,
  StoredOrderEvent,
} from "#orders";
import type { CallContext, Clock, ObjectNamespace } from "#platform";
import type { OrderDesk } from "../app/ports.ts";
import type { OrderFacts } from "../domain/evidence.ts";
import { imageOf } from "../domain/image.ts";

/** The part of an order object that reconciliation uses. */
export type AuditedOrder = Pick<
  OrderRpc,
  "view" | "audit" | "fateOf" | "settle" | "recordScan" | "acknowledge"
>;

/** What D1 should have of an order, as plain rows. */
export type ExpectedImage = (view: OrderView) => {
  readonly version: number;
  readonly parts: Readonly<Record<string, unknown>>;
};

/** Reaches order objects by id. A fresh stub per call: a broken one stays broken. */
export function createOrderDesk(
  orders: ObjectNamespace<AuditedOrder>,
  { expected, clock }: { readonly expected: ExpectedImage; readonly clock: Clock },
): OrderDesk {
  return {
    async facts(orderId) {
      const object = orders.getByName(orderId);
      const audit = await object.audit();
      if (!audit.ok) return isUnknown(audit.refusal);
      const view = await object.view();
      if (!view.ok) return isUnknown(view.refusal);
      return factsOf(audit.value, view.value, expected);
    },
    fateOf: (orderId, part) => orders.getByName(orderId).fateOf(part),
    async settle(orderId, call) {
      const answer = await orders.getByName(orderId).settle(call);
      return answer.ok ? answer.value.status : answer.refusal.code;
    },
    // Striking nothing still makes the object look at its outbox and its deadlines.
    nudge: (orderId) => orders.getByName(orderId).acknowledge("projection", []),
    async recordScan(orderId, { parcelId, status }, call: CallContext) {
      invariant(parcelId.startsWith("pcl_"), "a parcel on record has a parcel id");
      const scan = {
        // One id per parcel and state, so that telling it twice changes nothing.
        scanId: `${parcelId}:recovered:${status}`,
        parcelId: parcelId as `pcl_${string}`,
        status,
        occurredAt: clock.now(),
      };
      const answer = await orders.getByName(orderId).recordScan(scan, call);
      return answer.ok ? answer.value.status : answer.refusal.code;
    },
  };
}

function isUnknown(refusal: OrderRefusal): undefined {
  invariant(refusal.code === "order_unknown", "an audit is refused only for an order that nobody knows");
  return undefined;
}

function factsOf(audit: OrderAudit, view: OrderView, expected: ExpectedImage): OrderFacts {
  const { payment } = audit;
  const { version, parts } = expected(view);
  const toPackSince = view.edit === undefined ? audit.outbox.shippingSince : undefined;
  return {
    status: view.status,
    updatedAt: view.updatedAt,
    provider: payment.provider,
    totalMinor: audit.totalMinor,
    isAsPlaced: view.edits.length === 0 && view.edit === undefined,
    capturedMinor: payment.capturedMinor,
    vouchersMinor: payment.vouchersMinor,
    refundedMinor: payment.refundedMinor,
    ledger: audit.ledger.accounts,
    demand: audit.demand,
    outbox: audit.outbox,
    image: imageOf(version, parts),
    ...(toPackSince === undefined ? {} : { toPackSince }),
    parcels: view.parcels.map(({ parcelId, status }) => ({ parcelId, status })),
  };
}

/** Reads the whole log of an order, for the events that its view no longer has; at most `until`, exclusive. */
export async function readEventsBefore(
  order: Pick<OrderRpc, "events">,
  until: number,
): Promise<StoredOrderEvent[]> {
  const events: StoredOrderEvent[] = [];
  let after: number | undefined = 0;
  while (after !== undefined && after < until - 1) {
    const page: OrderEventPage = await order.events({ after, limit: EVENT_PAGE });
    events.push(...page.items.filter((event) => event.sequence < until));
    after = page.nextAfter;
  }
  return events;
}

/** Events asked for at once; the order gives 200 at most. */
const EVENT_PAGE = 200;
