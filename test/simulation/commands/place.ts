import type { PlacedReply, PlacementRefusal, PlaceOrder } from "#orders";
import type { Result } from "#kernel";
import type { Random } from "../../support/random.ts";
import type { OrderNote } from "../world/book.ts";
import { draftOf, mintCartId, mintCheckoutId, mintOrderId, type Codes, type Wish } from "../world/draft.ts";
import { BAD_TOKEN } from "../world/provider.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";

const PATIENCE = 25;
const MAX_LINES = 3;
const MAX_QUANTITY = 3;
const CALLED_OFF_AFTER_PAYMENT = 0.1;

/** A shopper places an order, insists on an answer, and then pays, abandons, or calls it off. */
export const place: Command = {
  name: "place",
  weight: 10,
  async run(world, random) {
    const wishes = Array.from({ length: random.whole(1, MAX_LINES) }, () => wishOf(world, random));
    await placeAndPay(world, random, { wishes, codes: codesOf(world, random) });
  },
};

/** Some bring a coupon that is nearly used up, some a gift card that others spend at the same time. */
export function codesOf(world: World, random: Random): Codes {
  const coupons = [...world.book.coupons.keys()];
  const coupon = random.next() < 0.25 ? coupons[random.whole(0, coupons.length - 1)] : undefined;
  // Two at once are rare; the order takes what the first leaves from the second.
  const cards = [...world.book.cards.keys()].filter(() => random.next() < 0.1);
  return {
    ...(coupon === undefined ? {} : { coupon }),
    cards: cards.map((voucherId) => ({ voucherId, amountMinor: random.whole(100, 6_000) })),
  };
}

/** Two shoppers at once want the same two things, in opposite order, with the same codes. */
export const cross: Command = {
  name: "cross",
  weight: 1,
  async run(world, random) {
    const [a, b] = [wishOf(world, random), wishOf(world, random)];
    const codes = codesOf(world, random);
    world.start("shopper across", () => placeAndPay(world, random.fork(), { wishes: [b, a], codes }));
    await placeAndPay(world, random, { wishes: [a, b], codes });
  },
};

/** The SKU that everybody is after. */
export const hottest = (world: World): string => world.skus.at(-1) ?? "SKU-0";

const BUNDLED = 0.15;

/** A SKU with what the pages know of its shards, or a bundle. */
export function wishOf(world: World, random: Random): Wish {
  const bundles = [...world.book.bundles];
  const bundle = random.next() < BUNDLED ? bundles[random.whole(0, bundles.length - 1)] : undefined;
  if (bundle) return { sku: bundle[0], quantity: random.whole(1, 2), components: bundle[1] };
  const sku = world.skus[random.whole(0, world.skus.length - 1)] ?? "SKU-0";
  return { sku, quantity: random.whole(1, MAX_QUANTITY), shards: world.shardsShown(sku) };
}

export async function placeAndPay(world: World, random: Random, basket: Basket): Promise<void> {
  const note = noteOf(world, random, basket);
  world.book.orders.set(note.orderId, note);
  const answer = await placeUntilAnswered(world, note);
  if (!answer?.ok) return;
  await settleAsBuyer(world, random, note);
  // Staff call some off right after they were paid, while their parcel is being planned.
  if (random.next() < CALLED_OFF_AFTER_PAYMENT) await callOff(world, note);
}

/** What is ordered, and how it is paid. */
type Basket = {
  readonly wishes: readonly Wish[];
  readonly payment?: PlaceOrder["payment"];
  readonly codes?: Codes;
  /** Left to chance when absent. */
  readonly email?: string;
};

/** A new order in the book; `payment` is left to chance when absent. */
export function noteOf(
  world: World,
  random: Random,
  { wishes, codes, email = emailFor(world, random, codes), payment = choiceOf(random) }: Basket,
): OrderNote {
  const orderId = mintOrderId(random, world.now());
  const names = {
    checkoutId: mintCheckoutId(random, world.now()),
    cartId: mintCartId(random, world.now()),
    email,
  };
  const draft = draftOf(wishes, names, codes);
  const command: PlaceOrder = {
    orderId,
    requestHash: `hash of ${orderId}`,
    draft,
    provider: payment.kind === "manual" ? payment.method : "sandbox",
    payment,
    accessKey: `key of ${orderId}`,
  };
  return { orderId, draft, command, replies: [], isAnswered: false, edits: new Map() };
}

/** Credit is mostly spent by its owner; others who have come by its code are refused. */
function emailFor(world: World, random: Random, codes: Codes | undefined): string {
  const owner = codes?.cards?.flatMap(({ voucherId }) => world.book.cards.get(voucherId) ?? [])[0];
  return owner !== undefined && random.next() < 0.9 ? owner : `buyer${random.whole(1, 9)}@example.com`;
}

export function choiceOf(random: Random): PlaceOrder["payment"] {
  const luck = random.next();
  if (luck < 0.5)
    return { kind: "redirect", returnUrl: "https://shop.example/r", cancelUrl: "https://shop.example/c" };
  return { kind: "token", token: luck < 0.6 ? BAD_TOKEN : "tok_good" };
}

/** Sends the same request again until there is an answer; what it hears goes into the book. */
export async function placeUntilAnswered(
  world: World,
  note: OrderNote,
): Promise<Result<PlacedReply, PlacementRefusal> | undefined> {
  for (let round = 0; round < PATIENCE; round += 1) {
    const answer = await insist(world, PATIENCE, () =>
      world.order(note.orderId).place(note.command, world.callBy("customer")),
    );
    if (!answer) return undefined;
    if (answer.ok || answer.refusal.code !== "request_in_progress") {
      note.replies.push(JSON.stringify(answer));
      note.isAnswered = true;
      return answer;
    }
    await world.pause(2_000);
  }
  return undefined;
}

/** What a buyer does on the provider's page, when there is one. */
export async function settleAsBuyer(world: World, random: Random, note: OrderNote): Promise<void> {
  if (note.command.payment.kind !== "redirect") return;
  await world.pause(random.whole(1_000, 120_000));
  const payment = world.provider.paymentsOf(note.orderId)[0];
  const luck = random.next();
  if (!payment || luck < 0.1) return;
  if (luck < 0.2) return cancelInShop(world, note);
  if (luck < 0.25) return world.provider.cancelOnPage(payment.reference);
  if (luck < 0.4) {
    world.provider.payOnPage(payment.reference, false);
    await world.pause(random.whole(1_000, 30_000));
  }
  world.provider.payOnPage(payment.reference, true);
  // Some press "cancel" in another tab while the payment goes through.
  if (luck > 0.95) await cancelInShop(world, note);
  await world.pause(random.whole(100, 5_000));
  await insist(world, 3, () => world.order(note.orderId).settle(world.callBy("customer")));
}

const callOff = (world: World, note: OrderNote) =>
  insist(world, 5, () =>
    world.order(note.orderId).cancel({ reason: "staff", by: "staff" }, world.callBy("staff:ada")),
  );

async function cancelInShop(world: World, note: OrderNote): Promise<void> {
  await insist(world, 5, () =>
    world.order(note.orderId).cancel({ reason: "customer", by: "customer" }, world.callBy("customer")),
  );
}
