import { MINUTE_MS } from "#kernel";
import type { Random } from "../../support/random.ts";
import type { OrderNote } from "../world/book.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";
import { hottest, noteOf, placeUntilAnswered, settleAsBuyer } from "./place.ts";

const PATIENCE = 12;
const SHOPPERS = 7;
/** Few people with many carts each: the same customer stands in the line several times. */
const CUSTOMERS = 3;
/** How often somebody asks before going home. */
const QUESTIONS = 20;

/** A line is in front of the hot SKU: shoppers come with several carts each, wait, go home, or take their turn. */
export const queueUp: Command = {
  name: "queue up",
  weight: 0.5,
  async run(world, random) {
    const sku = hottest(world);
    const settings = { admitPerSecond: 2, unitsPerCustomer: world.book.unitsPerCustomer };
    await insist(world, PATIENCE, () => world.gate(sku).configure(settings, world.callBy("staff:ada")));
    for (let shopper = 0; shopper < SHOPPERS; shopper += 1) {
      const own = random.fork();
      world.start("shopper in a line", () => standInLine(world, own, sku), own.whole(0, 20_000));
    }
  },
};

async function standInLine(world: World, random: Random, sku: string): Promise<void> {
  const quantity = random.whole(1, 2);
  const wishes = [{ sku, quantity, shards: world.shardsShown(sku) }];
  const note = noteOf(world, random, { wishes, email: `fan${random.whole(1, CUSTOMERS)}@example.com` });
  if (!(await hasTurn(world, random, note))) return;
  // Somebody who has a turn may still think about it.
  await world.pause(random.whole(0, random.next() < 0.2 ? MINUTE_MS : 2_000));
  world.book.orders.set(note.orderId, note);
  world.book.lined.set(note.orderId, quantity);
  await placeUntilAnswered(world, note);
  await settleAsBuyer(world, random, note);
}

/** Asks as often as the line says; the answer to a pass may be lost, and is asked for again. */
async function hasTurn(world: World, random: Random, note: OrderNote): Promise<boolean> {
  const { cartId, email: customer, lines } = note.draft;
  const quantity = lines[0]?.quantity ?? 0;
  const gate = world.gate(lines[0]?.sku ?? "");
  const call = world.callBy("customer");
  for (let question = 0; question < QUESTIONS; question += 1) {
    const request = { cartId, orderId: note.orderId, customer, quantity };
    const answer = await insist(world, PATIENCE, () => gate.pass(request, call));
    if (!answer) return false;
    if (answer.ok) return true;
    if (answer.refusal.code === "customer_limit") break;
    const { position } = answer.refusal;
    await world.pause(
      position.kind === "waiting" ? position.pollAfterSeconds * 1_000 : random.whole(500, 5_000),
    );
  }
  await insist(world, PATIENCE, () => gate.leave(cartId, call));
  return false;
}
