import { invariant, ok, refuse, type OrderId, type ParcelId, type Result, type ShipmentId } from "#kernel";

/** What the planner needs of a confirmed order. */
export type ShippableOrder = {
  readonly orderId: OrderId;
  readonly carrier: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly quantity: number;
    readonly requiresShipping: boolean;
  }[];
};

export type ParcelPlan = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly parcelId: ParcelId;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
};

/** The order holds nothing that travels. */
export type NothingToShip = { readonly code: "nothing_to_ship" };

/**
 * Plans the one parcel of an order: every line that requires shipping, whole. All ids and the tracking number follow
 * from the order id, so planning twice gives the same parcel and a repeat can never send a second one.
 */
export function planParcel(order: ShippableOrder): Result<ParcelPlan, NothingToShip> {
  const lines = order.lines
    .filter((line) => line.requiresShipping)
    .map((line) => ({ lineId: line.lineId, quantity: line.quantity }));
  if (lines.length === 0) return refuse({ code: "nothing_to_ship" });
  const body = order.orderId.slice("ord_".length);
  return ok({
    orderId: order.orderId,
    shipmentId: `shp_${body}`,
    parcelId: `pcl_${body}`,
    carrier: order.carrier,
    trackingNumber: trackingNumberOf(body),
    lines,
  });
}

const TRACKING_CHARACTERS = 10;
const TRACKING_DIGITS = 16;
const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";

/** `KB`, sixteen digits from the last fifty bits of the id, and a check digit that catches one wrong digit. */
function trackingNumberOf(idBody: string): string {
  const tail = idBody.slice(-TRACKING_CHARACTERS);
  let value = 0;
  for (const character of tail) {
    const digit = BASE32.indexOf(character);
    invariant(digit >= 0, "an id's body is Crockford base 32");
    value = value * 32 + digit;
  }
  const digits = String(value).padStart(TRACKING_DIGITS, "0");
  return `KB${digits}${luhnDigit(digits)}`;
}

/** Check digit of ISO/IEC 7812-1, annex B. */
function luhnDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
