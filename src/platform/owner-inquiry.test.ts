import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel";
import { expect, test } from "vitest";
import { inquiryWaitMs } from "./owner-inquiry.ts";

test.each([
  ["an owner that says nothing", undefined, 5 * MINUTE_MS],
  ["one whose wait is over", -MINUTE_MS, 5 * MINUTE_MS],
  ["one with a moment to go", 10_000, 5 * MINUTE_MS],
  ["one with half an hour to go", 30 * MINUTE_MS, 30 * MINUTE_MS],
  ["one with days to go", 7 * DAY_MS, HOUR_MS],
])("%s is asked again after a bounded time", (_who, quietForMs, waitMs) => {
  expect(inquiryWaitMs(quietForMs)).toBe(waitMs);
});
