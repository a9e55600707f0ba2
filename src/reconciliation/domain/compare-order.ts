import { after, toIso } from "#kernel";
import type { ParcelStatus } from "#orders";
import type { Finding } from "./breaks.ts";
import { compareLedger, compareProvider, type OrderSaid } from "./compare-money.ts";
import type { ClaimWitness, OrderDemand, OrderEvidence, OrderFacts } from "./evidence.ts";
import { compareImage } from "./image.ts";
import { ALARM_LATE_MS, OUTBOX_LIMIT_MS, PACKING_LIMIT_MS, QUIET_MS } from "./limits.ts";
import { deadlineOf, phaseOf } from "./phase.ts";

/** Everything about one order that is not as promised. Pure: the same evidence gives the same findings. */
export function compareOrder(evidence: OrderEvidence): Finding[] {
  const { order, copy, orderId, now } = evidence;
  const aggregate = { kind: "order", id: orderId } as const;
  const name = ({ subject = "", ...said }: OrderSaid): Finding => ({ ...said, subject, aggregate });
  if (!order) {
    const found = copy ? `D1 has version ${copy.version}` : "others name it";
    return [name({ class: "order.unknown", expected: "an order behind this id", found })];
  }
  const isQuiet = order.updatedAt <= after(now, -QUIET_MS);
  const images = { expected: order.image, found: copy, outbox: order.outbox, now };
  return [
    ...compareImage({ aggregate, class: "projection.order", ...images }),
    ...[...compareOutbox(evidence, order), ...compareDeadline(evidence, order), ...compareLedger(order)].map(
      name,
    ),
    // What others say may be a step ahead or behind while the order moves.
    ...(isQuiet ? compareOthers(evidence, order) : []).map(name),
  ];
}

const compareOthers = (evidence: OrderEvidence, order: OrderFacts): OrderSaid[] => [
  ...order.demand.flatMap((demand) => compareClaim(order, demand, evidence.claims)),
  ...(evidence.provider ? compareProvider(order, evidence.provider) : []),
  ...compareParcels(evidence, order),
];

function compareOutbox({ now }: OrderEvidence, { outbox, toPackSince, updatedAt }: OrderFacts): OrderSaid[] {
  const { waiting, oldestAt } = outbox;
  const packingLimit = after(now, -PACKING_LIMIT_MS);
  if (toPackSince !== undefined && toPackSince < packingLimit && updatedAt < packingLimit)
    return [
      {
        class: "outbox.old",
        expected: "every unit packed within the packing delay",
        found: `${waiting} waiting, units to pack since ${toIso(toPackSince)}`,
      },
    ];
  if (oldestAt === undefined || oldestAt > after(now, -OUTBOX_LIMIT_MS)) return [];
  return [
    {
      class: "outbox.old",
      expected: "every event applied within five minutes",
      found: `${waiting} waiting, the oldest since ${toIso(oldestAt)}`,
    },
  ];
}

function compareDeadline({ now }: OrderEvidence, order: OrderFacts): OrderSaid[] {
  const { status, updatedAt, nextWakeAt } = order;
  const deadline = deadlineOf(status, updatedAt);
  if (deadline !== undefined && deadline < now)
    return [
      {
        class: "order.overdue",
        expected: `out of ${status} by ${toIso(deadline)}`,
        found: `still ${status}, untouched since ${toIso(updatedAt)}`,
      },
    ];
  if (nextWakeAt === undefined || nextWakeAt > after(now, -ALARM_LATE_MS)) return [];
  return [
    {
      class: "order.overdue",
      expected: `awake at ${toIso(nextWakeAt)}`,
      found: "its alarm has not rung",
    },
  ];
}

/** The states in which a stock object may have a claim, by what the order believes; any will do where none is named. */
const ALLOWED: Readonly<Partial<Record<OrderDemand["state"], readonly (ClaimWitness["found"] | "none")[]>>> =
  {
    held: ["held"],
    committing: ["held", "committed"],
    committed: ["committed"],
    released: ["released", "none"],
  };

function compareClaim(order: OrderFacts, demand: OrderDemand, claims: readonly ClaimWitness[]): OrderSaid[] {
  const { sku, part, quantity, state } = demand;
  const allowed = ALLOWED[state];
  if (!allowed) return [];
  const claim = claims.find((entry) => entry.sku === sku && entry.part === part);
  const found = claim?.found ?? "none";
  const subject = `${sku}/${part}`;
  const expected = `${quantity} × ${sku} ${allowed.join(" or ")} for a ${order.status} order`;
  if (!allowed.includes(found))
    return [
      {
        class: state === "released" ? "stock.claim_leaked" : "stock.claim_missing",
        subject,
        expected,
        found: found === "none" ? "no claim" : `${claim?.quantity ?? 0} ${found}`,
      },
    ];
  if (state === "released" || claim?.quantity === quantity) return [];
  return [{ class: "stock.claim_mismatch", subject, expected, found: `${claim?.quantity ?? 0} ${found}` }];
}

const PARCEL_RANK: Readonly<Record<ParcelStatus, number>> = {
  label_created: 0,
  in_transit: 1,
  delayed: 1,
  out_for_delivery: 2,
  delivered: 3,
};

/** The order was set back, or a scan was lost: a parcel is farther than it knows. */
function compareParcels({ parcels }: OrderEvidence, order: OrderFacts): OrderSaid[] {
  if (phaseOf(order.status) !== "sold") return [];
  return parcels.flatMap(({ parcelId, status }): OrderSaid[] => {
    const known = order.parcels.find((parcel) => parcel.parcelId === parcelId)?.status;
    if (known !== undefined && PARCEL_RANK[known] >= PARCEL_RANK[status]) return [];
    const found = known ?? "no parcel";
    return [{ class: "order.behind_parcel", subject: parcelId, expected: `the parcel ${status}`, found }];
  });
}
