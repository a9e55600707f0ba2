import { invariant, ok, refuse, type OrderId, type ParcelId, type Result, type ShipmentId } from "#kernel";

type LineQuantity = { readonly lineId: string; readonly quantity: number };

/** What the planner needs of an order as it stands now. */
export type ShippableOrder = {
  readonly orderId: OrderId;
  readonly carrier: string;
  readonly lines: readonly (LineQuantity & { readonly requiresShipping: boolean })[];
  /** Those that are packed already, sent or not. */
  readonly parcels: readonly { readonly lines: readonly LineQuantity[] }[];
};

export type ParcelPlan = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly parcelId: ParcelId;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly LineQuantity[];
};

/** Everything that travels is in a parcel. */
export type NothingToShip = { readonly code: "nothing_to_ship" };

/**
 * Plans the next parcel of an order: every unit that travels and is in no parcel yet. All ids and the tracking number
 * follow from `idBody`, which is the same for the same order and number of parcel; so planning twice gives the same
 * parcel, and a repeat can never send a second one. The parcels of an order never hold more than its lines.
 */
export function planParcel(order: ShippableOrder, idBody: string): Result<ParcelPlan, NothingToShip> {
  const lines = unpackedLines(order);
  if (lines.length === 0) return refuse({ code: "nothing_to_ship" });
  return ok({
    orderId: order.orderId,
    shipmentId: `shp_${idBody}`,
    parcelId: `pcl_${idBody}`,
    carrier: order.carrier,
    trackingNumber: trackingNumberOf(idBody),
    lines,
  });
}

function unpackedLines({ lines, parcels }: ShippableOrder): LineQuantity[] {
  const packed = parcels.flatMap((parcel) => parcel.lines);
  return lines
    .filter((line) => line.requiresShipping)
    .map(({ lineId, quantity }) => ({
      lineId,
      quantity: packed.reduce(
        (rest, unit) => (unit.lineId === lineId ? rest - unit.quantity : rest),
        quantity,
      ),
    }))
    .filter(({ quantity }) => quantity > 0);
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
