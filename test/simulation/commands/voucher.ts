import type { VoucherTerms } from "#vouchers";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";

const PATIENCE = 30;
const HASH_CHARACTERS = 32;
/** Few enough that buyers run into the end of each, and that cards run dry. */
const LIMITS = [
  { code: "SPRING", maxUses: 5, maxUsesPerCustomer: 2 },
  { code: "WELCOME", maxUses: 1_000, maxUsesPerCustomer: 1 },
];
const CARDS = 2;
const CREDITS = 2;
const OPENING_MINOR = 9_000;

/** Issues the coupons and cards of a new world, as staff do before the first buyer comes. */
export function issueVouchers(world: World): void {
  for (const { code, ...limits } of LIMITS) {
    const voucherId = `coupon:${code}`;
    world.book.coupons.set(voucherId, limits);
    issue(world, voucherId, { terms: couponTerms(code, limits), reason: "spring" });
  }
  for (let card = 1; card <= CARDS + CREDITS; card += 1) {
    const isCredit = card > CARDS;
    const hash = String(card).padStart(HASH_CHARACTERS, "a");
    const voucherId = `${isCredit ? "credit" : "gift"}:${hash}`;
    const customer = `buyer${card}@example.com`;
    world.book.cards.set(voucherId, isCredit ? customer : undefined);
    const opening = { adjustmentId: `opening ${voucherId}`, amountMinor: OPENING_MINOR, reason: "sold" };
    const note = { id: opening.adjustmentId, voucherId, amountMinor: OPENING_MINOR, isAccepted: true };
    world.book.topUps.set(note.id, note);
    const account = { note: "", currency: "EUR", hint: "AAAA", isDisabled: false };
    const terms: VoucherTerms = isCredit
      ? { kind: "store_credit", ...account, customer, codeHash: hash }
      : { kind: "gift_card", ...account };
    issue(world, voucherId, { terms, opening, reason: "sold" });
  }
}

type Issue = Parameters<ReturnType<World["voucher"]>["issue"]>[0];

function issue(world: World, voucherId: string, input: Issue): void {
  world.start(`issue ${voucherId}`, async () => {
    await insist(world, PATIENCE, () => world.voucher(voucherId).issue(input, world.callBy("staff:ada")));
  });
}

const couponTerms = (
  code: string,
  limits: { readonly maxUses: number; readonly maxUsesPerCustomer: number },
): VoucherTerms => ({
  kind: "coupon",
  code,
  note: "",
  benefit: { kind: "fixed", amountMinor: 300 },
  isDisabled: false,
  isCombinable: false,
  ...limits,
  currencies: ["EUR"],
  countries: [],
  productHandles: [],
  collectionHandles: [],
});

/** Staff put money on a card or take some off, while buyers spend it. */
export const topUp: Command = {
  name: "top up",
  weight: 1,
  async run(world, random) {
    const cards = [...world.book.cards.keys()];
    const voucherId = cards[random.whole(0, cards.length - 1)];
    if (voucherId === undefined) return;
    const amountMinor = random.next() < 0.7 ? random.whole(500, 5_000) : 0 - random.whole(1, 800);
    const note = { id: `top-up ${random.whole(0, 2 ** 31)}`, voucherId, amountMinor, isAccepted: false };
    world.book.topUps.set(note.id, note);
    const adjustment = { adjustmentId: note.id, amountMinor, reason: "goodwill" };
    const answer = await insist(world, PATIENCE, () =>
      world.voucher(voucherId).adjust(adjustment, world.callBy("staff:ada")),
    );
    note.isAccepted = answer?.ok === true;
  },
};
