import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import {
  decideCarrier,
  evolveCarrier,
  nextCarrierWakeAt,
  UNBOOKED,
  type CarrierCommand,
  type CarrierState,
} from "./carrier.ts";

const at = (ms: number) => epochMs(1_000_000 + ms);
const book = (ms: number): CarrierCommand => ({ kind: "book", stepMs: 100, at: at(ms) });
const advance = (ms: number): CarrierCommand => ({ kind: "advance", at: at(ms) });
const given = (...commands: CarrierCommand[]): CarrierState =>
  commands.reduce((state, command) => decideCarrier(state, command).reduce(evolveCarrier, state), UNBOOKED);

describe("a booked parcel", () => {
  test("is scanned once per step, from label to door", () => {
    expect(given(book(0)).status).toBe("label_created");
    expect(given(book(0), advance(100)).status).toBe("in_transit");
    expect(given(book(0), advance(100), advance(200)).status).toBe("out_for_delivery");
    expect(given(book(0), advance(100), advance(200), advance(300)).status).toBe("delivered");
  });

  test.each([
    ["before its step is due", [book(0)], advance(99)],
    ["when it is not booked", [], advance(100)],
    ["when it is delivered", [book(0), advance(100), advance(200), advance(300)], advance(400)],
    ["when it is booked again", [book(0), advance(100)], book(150)],
  ])("does not move %s", (_, before, command) => {
    expect(decideCarrier(given(...before), command)).toEqual([]);
  });

  test("moves one step at a time, however late the carrier wakes", () => {
    const state = given(book(0), advance(3_600_000));
    expect(state).toMatchObject({ status: "in_transit", nextScanAt: at(3_600_100) });
  });

  test("wants nothing more once it is delivered", () => {
    expect(nextCarrierWakeAt(given(book(0), advance(100), advance(200), advance(300)))).toBeUndefined();
  });
});

test("any series of commands numbers the scans 1, 2, 3 without a gap and never goes back", () => {
  const ranks = ["unbooked", "label_created", "in_transit", "out_for_delivery", "delivered"];
  const command = fc.oneof(fc.nat(2_000).map(book), fc.nat(2_000).map(advance));
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      let state: CarrierState = UNBOOKED;
      let scans = 0;
      for (const next of commands) {
        for (const event of decideCarrier(state, next)) {
          if (event.type === "parcel.scanned") expect(event.number).toBe((scans += 1));
          const before = ranks.indexOf(state.status);
          state = evolveCarrier(state, event);
          expect(ranks.indexOf(state.status)).toBe(before + 1);
        }
      }
      expect(scans).toBeLessThanOrEqual(3);
    }),
  );
});
