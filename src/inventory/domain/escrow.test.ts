import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { countDemand, decideRush, demandPerSecond, type Demand } from "./demand.ts";
import { LINE_OPEN_MS, LINE_RENEW_MS } from "./escrow-limits.ts";
import {
  acceptGrant,
  acceptRecall,
  acceptReport,
  acceptReturn,
  countUnits,
  grantArrived,
  isSelling,
  lentUnits,
  NEW_SHARD,
  recall,
  returnArrived,
  sendHome,
  settle,
  shardsFor,
  split,
  WHOLE,
  type Escrow,
  type Parcel,
  type ShardEscrow,
  type ShardReport,
} from "./escrow.ts";

const AT = "main";

/** A message may arrive late, twice, or never before it is sent again. */
type Message =
  | { readonly kind: "grant"; readonly parcel: Parcel; readonly generation: number }
  | { readonly kind: "grant-arrived"; readonly shard: number; readonly sequence: number }
  | { readonly kind: "recall"; readonly shard: number; readonly generation: number }
  | { readonly kind: "return"; readonly parcel: Parcel; readonly report: ShardReport }
  | { readonly kind: "return-arrived"; readonly shard: number; readonly sequence: number }
  | { readonly kind: "report"; readonly shard: number; readonly report: ShardReport };

type ModelShard = { book: ShardEscrow; free: number; held: number; sold: number; version: number };

const reportOf = ({ version, sold }: ModelShard): ShardReport => ({ version, sold });

/** Parent, shards and a network that loses, repeats and reorders. */
class Model {
  pool: number;
  soldHere = 0;
  escrow: Escrow = WHOLE;
  readonly shards = new Map<number, ModelShard>();
  readonly network: Message[] = [];

  constructor(total: number) {
    this.pool = total;
  }

  shard(number: number): ModelShard {
    const known = this.shards.get(number) ?? { book: NEW_SHARD, free: 0, held: 0, sold: 0, version: 0 };
    this.shards.set(number, known);
    return known;
  }

  split(shards: number): void {
    const decision = split(this.escrow, [{ locationId: AT, quantity: this.pool }], shards);
    if (!decision) return;
    this.escrow = decision.escrow;
    this.pool -= countUnits(decision.taken);
    this.resend();
  }

  /** Everything that is still open is sent again, as the alarms do. */
  resend(): void {
    for (const book of this.escrow.shards) {
      if (book.grant)
        this.network.push({ kind: "grant", parcel: book.grant, generation: this.escrow.generation });
      if (this.escrow.phase === "recalling")
        this.network.push({ kind: "recall", shard: book.shard, generation: this.escrow.generation });
    }
    for (const [number, shard] of this.shards) {
      if (shard.book.parcel)
        this.network.push({ kind: "return", parcel: shard.book.parcel, report: reportOf(shard) });
      this.network.push({ kind: "report", shard: number, report: reportOf(shard) });
    }
  }

  deliver(message: Message): void {
    switch (message.kind) {
      case "grant": {
        const shard = this.shard(message.parcel.shard);
        const accepted = acceptGrant(shard.book, message.parcel, message.generation);
        shard.book = accepted.book;
        shard.free += countUnits(accepted.gained);
        this.network.push({
          kind: "grant-arrived",
          shard: message.parcel.shard,
          sequence: message.parcel.sequence,
        });
        this.sendHome(message.parcel.shard);
        return;
      }
      case "grant-arrived":
        this.escrow = settle(grantArrived(this.escrow, message.shard, message.sequence));
        return;
      case "recall": {
        const shard = this.shard(message.shard);
        shard.book = acceptRecall(shard.book, message.generation);
        this.sendHome(message.shard);
        return;
      }
      case "return": {
        const accepted = acceptReturn(this.escrow, message.parcel, message.report);
        this.escrow = settle(accepted.escrow);
        this.pool += countUnits(accepted.gained);
        this.network.push({
          kind: "return-arrived",
          shard: message.parcel.shard,
          sequence: message.parcel.sequence,
        });
        return;
      }
      case "return-arrived": {
        const shard = this.shard(message.shard);
        shard.book = returnArrived(shard.book, message.sequence);
        this.sendHome(message.shard);
        return;
      }
      case "report":
        this.escrow = settle(acceptReport(this.escrow, message.shard, message.report));
    }
  }

  sendHome(number: number): void {
    const shard = this.shard(number);
    const decision = sendHome(
      shard.book,
      number,
      shard.free > 0 ? [{ locationId: AT, quantity: shard.free }] : [],
    );
    shard.book = decision.book;
    shard.free -= countUnits(decision.taken);
    if (shard.book.parcel)
      this.network.push({ kind: "return", parcel: shard.book.parcel, report: reportOf(shard) });
  }

  buy(number: number): void {
    const shard = this.shards.get(number);
    if (shard && isSelling(shard.book) && shard.free > 0) {
      shard.free -= 1;
      shard.held += 1;
    } else if (this.pool > 0) {
      this.pool -= 1;
      this.soldHere += 1;
    } else this.escrow = recall(this.escrow);
  }

  finish(number: number, isSold: boolean): void {
    const shard = this.shards.get(number);
    if (!shard || shard.held === 0) return;
    shard.held -= 1;
    if (isSold) shard.sold += 1;
    else shard.free += 1;
    shard.version += 1;
    this.sendHome(number);
  }

  /** A sale is undone before the order was confirmed. */
  undo(number: number): void {
    const shard = this.shards.get(number);
    if (!shard || shard.sold === 0) return;
    shard.sold -= 1;
    shard.free += 1;
    shard.version += 1;
    this.sendHome(number);
  }

  /** Units wherever they are; those in a parcel count once, on the side that has booked them last. */
  everywhere(): number {
    let units = this.pool + this.soldHere;
    for (const shard of this.shards.values()) units += shard.free + shard.held + shard.sold;
    for (const { grant, shard } of this.escrow.shards)
      if (grant && grant.sequence > this.shard(shard).book.lastGrant) units += countUnits(grant.units);
    for (const { book } of this.shards.values()) {
      const known = book.parcel && this.escrow.shards.find((entry) => entry.shard === book.parcel?.shard);
      if (book.parcel && known && book.parcel.sequence > known.lastReturn)
        units += countUnits(book.parcel.units);
    }
    return units;
  }
}

const step = fc.oneof(
  fc.record({ do: fc.constant("split" as const), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant("deliver" as const), n: fc.nat(1_000), twice: fc.boolean() }),
  fc.record({ do: fc.constant("lose" as const), n: fc.nat(1_000) }),
  fc.record({ do: fc.constant("resend" as const), n: fc.constant(0) }),
  fc.record({ do: fc.constant("buy" as const), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant("sell" as const), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant("give-up" as const), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant("undo" as const), n: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant("recall" as const), n: fc.constant(0) }),
);

type Action = typeof step extends fc.Arbitrary<infer T> ? T : never;

function run(model: Model, action: Action): void {
  const index = model.network.length === 0 ? -1 : action.n % model.network.length;
  const message = model.network[index];
  switch (action.do) {
    case "split":
      return model.split(action.n);
    case "deliver":
      if (!message) return;
      if (!("twice" in action && action.twice)) model.network.splice(index, 1);
      return model.deliver(message);
    case "lose":
      if (message) model.network.splice(index, 1);
      return;
    case "resend":
      return model.resend();
    case "buy":
      return model.buy(action.n);
    case "sell":
      return model.finish(action.n, true);
    case "give-up":
      return model.finish(action.n, false);
    case "undo":
      return model.undo(action.n);
    case "recall":
      model.escrow = recall(model.escrow);
  }
}

describe("escrow of a hot SKU", () => {
  test("F17: pool + in flight + shards + sold = total after every step, whatever is lost, late, doubled or crashed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.array(step, { maxLength: 150 }), (total, actions) => {
        const model = new Model(total);
        for (const action of actions) {
          run(model, action);
          expect(model.everywhere()).toBe(total);
          expect(model.pool).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test("F17: once called home and settled, every unit is with the parent or sold", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 300 }), fc.array(step, { maxLength: 100 }), (total, actions) => {
        const model = new Model(total);
        for (const action of actions) run(model, action);
        model.escrow = recall(model.escrow);
        for (const number of model.shards.keys())
          for (let n = 0; n < 300; n += 1) model.finish(number, n % 2 === 0);
        for (let round = 0; round < 20; round += 1) {
          model.resend();
          for (const message of model.network.splice(0)) model.deliver(message);
        }
        expect(model.escrow.phase).toBe("whole");
        expect(lentUnits(model.escrow)).toBe(0);
        const sold = [...model.shards.values()].reduce((sum, shard) => sum + shard.sold, model.soldHere);
        expect(model.pool + sold).toBe(total);
      }),
      { numRuns: 300 },
    );
  });

  test("is not begun for a handful of units, nor twice", () => {
    expect(split(WHOLE, [{ locationId: AT, quantity: 20 }], 4)).toBeUndefined();
    const first = split(WHOLE, [{ locationId: AT, quantity: 500 }], 4);
    expect(first?.taken).toEqual([{ locationId: AT, quantity: 448 }]);
    expect(first && split(first.escrow, [{ locationId: AT, quantity: 500 }], 4)).toBeUndefined();
  });

  test("has as many shards as the rate wants, at most 16", () => {
    expect([120, 250, 1_000, 90_000].map(shardsFor)).toEqual([2, 3, 10, 16]);
  });
});

describe("measured demand", () => {
  test("comes close to the true rate, and fades", () => {
    let demand: Demand | undefined;
    for (let ms = 0; ms < 10_000; ms += 5) demand = countDemand(demand, epochMs(1_000_000 + ms));
    expect(demandPerSecond(demand, epochMs(1_010_000))).toBeGreaterThan(190);
    expect(demandPerSecond(demand, epochMs(1_010_000))).toBeLessThan(210);
    expect(demandPerSecond(demand, epochMs(1_020_000))).toBe(0);
  });

  test("survives a clock that is set back", () => {
    const demand = countDemand(undefined, epochMs(1_000_000));
    expect(demandPerSecond(countDemand(demand, epochMs(500_000)), epochMs(500_000))).toBe(0.5);
  });

  test("opens the line at its limit, keeps it open while people come through it, and lets it end", () => {
    const at = (ms: number) => ({ now: epochMs(1_000_000 + ms), opensAt: 150 });
    expect(decideRush(undefined, 149, at(0))).toBeUndefined();
    const open = decideRush(undefined, 150, at(0));
    expect(open).toEqual({ lineOpenUntil: 1_000_000 + LINE_OPEN_MS });
    expect(decideRush(open, 50, at(1_000))).toBe(open);
    expect(decideRush(open, 50, at(LINE_OPEN_MS - LINE_RENEW_MS))).toEqual({
      lineOpenUntil: 1_000_000 + 2 * LINE_OPEN_MS - LINE_RENEW_MS,
    });
    expect(decideRush(open, 19, at(LINE_OPEN_MS - 1))).toBe(open);
    expect(decideRush(open, 19, at(LINE_OPEN_MS))).toBeUndefined();
  });
});
