import { expect, test } from "vitest";
import { shardName, shardsOf, skuOfShard } from "./routing.ts";

const order = (n: number): string => `ord_${String(n).padStart(26, "0")}`;

test("an order asks its own shard and the next one, the same every time", () => {
  for (let n = 0; n < 200; n += 1) {
    const [own = 0, next = 0] = shardsOf(order(n), 5);
    expect(shardsOf(order(n), 5)).toEqual([own, next]);
    expect(next).toBe((own % 5) + 1);
    expect(own).toBeGreaterThanOrEqual(1);
    expect(own).toBeLessThanOrEqual(5);
  }
});

test("a SKU that was not split has no shard to ask", () => {
  for (const count of [0, -1, 1.5, Number.NaN]) expect(shardsOf(order(1), count)).toEqual([]);
  expect(shardsOf(order(1), 1)).toEqual([1]);
});

test("orders spread evenly over the shards", () => {
  const counts = new Map<number, number>();
  for (let n = 0; n < 8_000; n += 1) {
    const [own = 0] = shardsOf(order(n), 16);
    counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(150);
});

test("a shard knows its SKU by its name, whatever the code is", () => {
  expect(skuOfShard(shardName("KE:1-A", 12))).toBe("KE:1-A");
});
