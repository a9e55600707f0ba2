import { MINUTE_MS, type OrderId, type StaffDraftId } from "#kernel";
import type { PaymentChoice } from "#orders";
import {
  changeStaffDraft,
  createStaffDraft,
  placeStaffDraft,
  viewStaffDraft,
  type StaffDraftPorts,
} from "../../../src/checkout/app/staff-draft-desk.ts";
import type { StaffDraftDocument } from "../../../src/checkout/app/staff-draft.ts";
import type { Random } from "../../support/random.ts";
import { draftingPorts, variantIdOf } from "../world/drafting.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";
import { noteMoney } from "./manual.ts";
import { settleAsBuyer } from "./place.ts";

const PATIENCE = 12;
const ROUNDS = 3;
const TRANSFER: PaymentChoice = { kind: "manual", method: "bank_transfer" };
const LINK: PaymentChoice = {
  kind: "redirect",
  returnUrl: "https://a.example/r",
  cancelUrl: "https://a.example/c",
};

type Desk = {
  readonly world: World;
  readonly random: Random;
  readonly ports: StaffDraftPorts;
  readonly draftId: StaffDraftId;
  readonly choice: PaymentChoice;
};

/**
 * Staff write an order on the phone, change it, and place it, two of them at once; one that was refused for want of units
 * is made smaller and placed anew. The buyer pays by the link, or by a transfer.
 */
export const writeDraft: Command = {
  name: "write a draft",
  weight: 1,
  async run(world, random) {
    const placed = new Set<OrderId>();
    const ports = draftingPorts(world, random, placed);
    const desk: Desk = {
      world,
      random,
      ports,
      draftId: ports.mintDraftId(),
      choice: random.next() < 0.5 ? TRANSFER : LINK,
    };
    world.book.drafted.set(desk.draftId, placed);
    const document = documentOf(world, random);
    // A draft that was stored although the answer was lost is there when it is looked for.
    await createStaffDraft(ports, { document, actor: "staff:ada", draftId: desk.draftId }).catch(
      () => undefined,
    );
    for (let round = 0; round < ROUNDS; round += 1) if (await placeOnce(desk)) break;
    for (const orderId of placed) {
      const note = world.book.orders.get(orderId);
      if (!note) continue;
      await settleAsBuyer(world, random, note);
      if (desk.choice === TRANSFER && random.next() < 0.8) {
        await world.pause(random.whole(0, 30 * MINUTE_MS));
        await noteMoney(world, note, 0);
      }
    }
  },
};

function documentOf(world: World, random: Random): StaffDraftDocument {
  const lines = [1, 2].map((number) => ({
    lineId: `line_${number}`,
    variantId: variantIdOf(world, world.skus[random.whole(0, world.skus.length - 1)] ?? ""),
    quantity: random.whole(1, 4),
  }));
  return {
    currency: "EUR",
    country: "DE",
    email: `caller${random.whole(1, 9)}@example.com`,
    address: { fullName: "Ada Voss", line1: "Hafenweg 2", city: "Kiel", postalCode: "24103", country: "DE" },
    deliveryMethodId: "post",
    lines,
    ...(random.next() < 0.5 ? { discount: { label: "Patience", amountMinor: random.whole(1, 500) } } : {}),
  };
}

/** Whether the draft has become an order, or nothing more can be done; one that came to nothing is made smaller. */
async function placeOnce(desk: Desk): Promise<boolean> {
  const { world, random, ports, draftId } = desk;
  const seen = await insist(world, PATIENCE, () => viewStaffDraft(ports, draftId));
  if (!seen?.ok) return true;
  const { version, document } = seen.value.draft;
  if (random.next() < 0.6)
    world.start("colleague at the desk", async () => void (await place(desk, version)));
  if (await place(desk, version)) return true;
  const smaller = {
    ...document,
    lines: document.lines.slice(0, 1).map((line) => ({ ...line, quantity: 1 })),
  };
  const now = await insist(world, PATIENCE, () => viewStaffDraft(ports, draftId));
  if (!now?.ok || now.value.draft.status !== "open") return false;
  const expectedVersion = now.value.draft.version;
  await insist(world, PATIENCE, () =>
    changeStaffDraft(ports, { draftId, expectedVersion, document: smaller }),
  );
  return false;
}

async function place({ world, ports, draftId, choice }: Desk, expectedVersion: number): Promise<boolean> {
  const provider = choice.kind === "manual" ? choice.method : "sandbox";
  const input = { draftId, expectedVersion, payment: { provider, choice: () => choice } };
  for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
    const answer = await insist(world, PATIENCE, () =>
      placeStaffDraft(ports, input, world.callBy("staff:ada")),
    );
    if (answer?.ok) return true;
    if (!answer || answer.refusal.code !== "request_in_progress") return false;
    await world.pause(2_000);
  }
  return false;
}
