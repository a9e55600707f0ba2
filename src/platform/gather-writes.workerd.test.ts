import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { gatherWrites } from "./gather-writes.ts";

let trips: number[] = [];
const counting = {
  batch: (statements: D1PreparedStatement[]) => {
    trips.push(statements.length);
    return env.DB.batch(statements);
  },
} as Pick<D1Database, "batch">;

const insert = (number: number | null) =>
  env.DB.prepare("INSERT INTO gathered (number) VALUES (?) ON CONFLICT (number) DO NOTHING").bind(number);
const stored = async () => {
  const { results } = await env.DB.prepare("SELECT number FROM gathered ORDER BY number").all();
  return results.map((row) => row["number"]);
};

beforeEach(async () => {
  trips = [];
  await env.DB.batch([
    env.DB.prepare("DROP TABLE IF EXISTS gathered"),
    env.DB.prepare("CREATE TABLE gathered (number INTEGER NOT NULL UNIQUE) STRICT"),
  ]);
});

test("writes of the same moment share a trip, and each gets its own result", async () => {
  const writes = gatherWrites(counting);
  await writes.run(insert(2));
  const results = await Promise.all([1, 2, 3].map((number) => writes.run(insert(number))));
  expect(results.map(({ meta }) => meta.changes)).toEqual([1, 0, 1]);
  expect(trips).toEqual([1, 3]);
});

test("one that cannot be written holds no other up", async () => {
  const writes = gatherWrites(counting);
  const ended = await Promise.allSettled([insert(1), insert(null), insert(3)].map((one) => writes.run(one)));
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await stored()).toEqual([1, 3]);
});

test("a full trip leaves at once", async () => {
  const writes = gatherWrites(counting);
  await Promise.all(Array.from({ length: 25 }, (_, number) => writes.run(insert(number))));
  expect(trips).toEqual([20, 5]);
});
