import { jsx, type Child } from "hono/jsx";
import { epochMs } from "../../src/kernel/index.ts";
import { HOME_PLACE, PlaceProvider } from "../../src/web/parts/shop-place.ts";
import {
  brokenPage,
  tooManyRequestsPage,
  unavailablePage,
  unreadablePage,
} from "../../src/web/problems/error-page.ts";
import type { OrderView, Parcel } from "../../src/orders/contract.ts";
import { OrderPage } from "../../src/orders/pages/order-page.tsx";
import {
  authorised,
  captured,
  committed,
  given,
  held,
  line,
  ORDER_ID,
  pending,
  place,
  START,
  unknown,
} from "../../src/orders/domain/testing/sample-order.ts";
import { viewOf } from "../../src/orders/domain/view.ts";
import { LinePage } from "../../src/checkout/pages/line-page.tsx";

// States that no visitor can bring about at will, rendered by the pages' own code. A browser gets them at any address of a
// running shop, so that style sheets and scripts are the shop's.

export type RenderedPage = { readonly name: string; readonly html: () => Promise<string> };

const placed = (page: Child) => async (): Promise<string> =>
  `<!doctype html>${String(await jsx(PlaceProvider, { value: HOME_PLACE }, page).toString())}`;

const order = (name: string, view: OrderView): RenderedPage => ({
  name: `order ${name}`,
  html: placed(<OrderPage order={view} at={epochMs(START + 60_000)} timeZone="Europe/Berlin" />),
});

const paid = [place, held, authorised, committed, captured] as const;
const confirmed = viewOf(given(...paid).state);
const waiting = viewOf(given(place, held, pending).state);

const parcelOf = (number: number): Omit<Parcel, "status"> => ({
  parcelId: `pcl_${number}`,
  shipmentId: `shp_${number}`,
  carrier: "Kerb Post",
  trackingNumber: `KP${number}00000000000000000000000`,
  lines: [{ lineId: "line-KE-A", quantity: 2 }],
});

const packed = viewOf(
  given(
    ...paid,
    { kind: "start-fulfilment", parcel: parcelOf(1) },
    {
      kind: "record-scan",
      scan: { scanId: "s1", parcelId: "pcl_1", status: "in_transit", occurredAt: START },
    },
  ).state,
);

const parcel = (number: number, status: Parcel["status"]): Parcel => ({ ...parcelOf(number), status });

const LONG =
  "An uncommonly long name of a print with Donaudampfschifffahrtsgesellschaftskapitänsmütze and a frame of oak";

const answer = (name: string, made: () => Response): RenderedPage => ({ name, html: () => made().text() });

export const RENDERED_PAGES: readonly RenderedPage[] = [
  order("just placed", viewOf(given(place).state)),
  order("not paid yet", waiting),
  order("whose bank has not answered", viewOf(given(place, held, unknown).state)),
  order("confirmed", confirmed),
  order("being packed", { ...confirmed, status: "fulfilling", parcels: [parcel(1, "label_created")] }),
  order("shipped in five parcels", {
    ...packed,
    status: "shipped",
    parcels: (["delivered", "delayed", "out_for_delivery", "in_transit", "label_created"] as const).map(
      (status, index) => parcel(index + 1, status),
    ),
    draft: {
      ...confirmed.draft,
      lines: [..."ABCDEFGHIJKL"].map((letter) => ({ ...line(`KE-${letter}`, 2), title: LONG })),
      email: "somebody.with.a.very.long.address.indeed@subdomain.of.a.long.example.com",
    },
  }),
  order("needing a person", { ...confirmed, status: "needs_attention", attentionReason: "capture_refused" }),
  order("cancelled because the bank said no", { ...waiting, status: "cancelled", cancelReason: "declined" }),
  order("cancelled because nobody paid", { ...waiting, status: "cancelled", cancelReason: "expired" }),
  order("being refunded", { ...confirmed, status: "refunding" }),
  order("refunded whole", { ...confirmed, status: "refunded" }),
  {
    name: "line in front of a product",
    html: placed(
      <LinePage
        checkoutId={`chk_${ORDER_ID.slice(4)}`}
        title="Heron"
        position={{ kind: "waiting", ahead: 212, estimatedSeconds: 340, pollAfterSeconds: 10 }}
      />,
    ),
  },
  ...[
    { locale: "en-GB", home: "/" },
    { locale: "ar", home: "/ar/" },
  ].flatMap((place) => [
    answer(`400 ${place.locale}`, () => unreadablePage(place, 400)),
    answer(`429 ${place.locale}`, () => tooManyRequestsPage(place, 30)),
    answer(`500 ${place.locale}`, () => brokenPage(place, "req_0123456789")),
    answer(`503 ${place.locale}`, () => unavailablePage(place)),
  ]),
];
