import { makeId, type OrderId, type VariantId } from "#kernel";
import type { OrderRpc, PlaceOrder } from "#orders";
import { createNames } from "../../../src/checkout/adapters/names.ts";
import { createStaffDraftStore } from "../../../src/checkout/adapters/staff-draft-table.ts";
import type { StaffDraftPorts } from "../../../src/checkout/app/staff-draft-desk.ts";
import { FakePrices, heron, POST } from "../../support/fake-prices.ts";
import type { Random } from "../../support/random.ts";
import type { World } from "./world.ts";

const ID_BYTES = 16;
const NOON = { day: "2026-11-27", hour: 12 };
const PRICE_MINOR = 1_250;

/** The same variant for a SKU, whoever asks. */
export const variantIdOf = (world: World, sku: string): VariantId =>
  makeId(
    "var",
    world.beganAt,
    Uint8Array.from({ length: ID_BYTES }, (_, index) => sku.charCodeAt(index % sku.length)),
  );

/**
 * The staff's desk for drafts on the simulated D1 and network. Prices and the clock on the wall stand still: what changes
 * is who writes, and what gets lost. What is placed is noted as it leaves, in the book and in `placed`, because only the
 * desk knows the order's id.
 */
export function draftingPorts(world: World, random: Random, placed: Set<OrderId>): StaffDraftPorts {
  const prices = new FakePrices();
  const { freeFromMinor: _never, ...method } = POST;
  prices.methods = [method];
  prices.variants = world.skus.map((sku) =>
    heron({ variantId: variantIdOf(world, sku), sku, priceMinor: PRICE_MINOR }),
  );
  return {
    drafts: createStaffDraftStore(world.d1.asBinding()),
    orders: { getByName: (orderId) => noting(world, orderId, placed) },
    prices,
    // The secret name of an order is made on another thread of the machine, which no seed repeats.
    names: { ...createNames("no secret"), orderAccessKey: (orderId) => Promise.resolve(`key of ${orderId}`) },
    markets: () => Promise.resolve([]),
    shop: { currency: "EUR", country: "DE", locale: "en-GB", ownLocale: "en-GB", timeZone: "Europe/Berlin" },
    mintDraftId: () =>
      makeId(
        "drf",
        world.now(),
        Uint8Array.from({ length: ID_BYTES }, () => random.whole(0, 255)),
      ),
    now: () => world.now(),
    wallClock: () => NOON,
  };
}

/** The order's object, with every placement noted in the world's book before it leaves. */
function noting(world: World, orderId: string, placed: Set<OrderId>): OrderRpc {
  const order = world.order(orderId as OrderId);
  const place: OrderRpc["place"] = (command, call) => {
    placed.add(command.orderId);
    note(world, command);
    return order.place(command, call);
  };
  return new Proxy(order, { get: (target, name) => (name === "place" ? place : Reflect.get(target, name)) });
}

function note({ book }: World, command: PlaceOrder): void {
  const { orderId, draft } = command;
  if (!book.orders.has(orderId))
    book.orders.set(orderId, { orderId, draft, command, replies: [], isAnswered: false, edits: new Map() });
}
