import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { ok, refuse } from "#kernel";
import { createDeadLetterTable } from "../../src/fulfilment/adapters/dead-letter-table.ts";
import { replayDeadLetter } from "../../src/fulfilment/app/replay-dead-letter.ts";
import { orderEvent, orderView } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, NOW, testPorts } from "../../test/support/fulfilment-ports.ts";
import { QUEUES } from "./queues.ts";

type Letter = {
  id: string;
  queue: string;
  body: string;
  reason: string;
  times: number;
  replayed_at_ms: number | null;
};
const letters = async (): Promise<Letter[]> =>
  (
    await env.DB.prepare(
      "SELECT id, queue, body, reason, times, replayed_at_ms FROM dead_letters",
    ).all<Letter>()
  ).results;

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM dead_letters").run();
});

test.each(Object.values(QUEUES))("F10: a dead message of %s is kept with the reason", async (queue) => {
  expect(
    await deliver(`${queue}-dead`, [{ aggregate: { kind: "order" }, note: "odd" }], testPorts().ports),
  ).toEqual({
    acked: [0],
    retried: [],
  });
  const kept = await letters();
  expect(kept).toMatchObject([{ queue, body: '{"aggregate":{"kind":"order"},"note":"odd"}', times: 1 }]);
  expect(kept[0]?.reason).toMatch(/^unreadable at \w+/);
});

test("a message that could be read says so", async () => {
  await deliver(`${QUEUES.shipping}-dead`, [orderEvent("order.confirmed", orderView())], testPorts().ports);
  expect((await letters())[0]?.reason).toContain("its consumer gave up");
});

test("the same message again keeps one letter and is counted", async () => {
  const { ports } = testPorts();
  await deliver(`${QUEUES.shipping}-dead`, ["odd"], ports);
  await deliver(`${QUEUES.shipping}-dead`, ["odd", "other"], ports);
  expect((await letters()).map((letter) => [letter.body, letter.times])).toEqual(
    expect.arrayContaining([
      ['"odd"', 2],
      ['"other"', 1],
    ]),
  );
});

test("with D1 down a dead message waits in its queue and is kept afterwards", async () => {
  expect(await deliver(`${QUEUES.shipping}-dead`, ["odd"], testPorts(DEAD_DB).ports)).toEqual({
    acked: [],
    retried: [0],
  });
  expect(await deliver(`${QUEUES.shipping}-dead`, ["odd"], testPorts().ports)).toMatchObject({ acked: [0] });
  expect(await letters()).toHaveLength(1);
});

test("F10: a replayed letter goes to its own queue and is open again when it fails again", async () => {
  const { ports } = testPorts();
  await deliver(`${QUEUES.shipping}-dead`, [{ odd: 1 }], ports);
  const [letter] = await letters();
  const sent: unknown[] = [];
  const queues = {
    [QUEUES.shipping]: {
      sendBatch: async (messages: Iterable<{ body: unknown }>) => void sent.push(...messages),
    },
  };
  const replay = (id: string) =>
    replayDeadLetter(id, { letters: createDeadLetterTable(env.DB), queues, clock: { now: () => NOW } });
  expect(await replay(letter?.id ?? "")).toEqual(ok({ queue: QUEUES.shipping }));
  expect(sent).toEqual([{ body: { odd: 1 } }]);
  expect(await letters()).toMatchObject([{ replayed_at_ms: NOW }]);
  expect(await ports.deadLetters.countOpen(10)).toBe(0);
  await deliver(`${QUEUES.shipping}-dead`, [{ odd: 1 }], ports);
  expect(await letters()).toMatchObject([{ replayed_at_ms: null, times: 2 }]);
});

test("a letter that is not there, or whose queue has no sender here, is refused", async () => {
  const letters = createDeadLetterTable(env.DB);
  const clock = { now: () => NOW };
  expect(await replayDeadLetter("nobody", { letters, queues: {}, clock })).toEqual(
    refuse({ code: "dead_letter_unknown", id: "nobody" }),
  );
  await letters.keep({ id: "a", queue: "elsewhere", body: "1", reason: "odd", receivedAt: NOW });
  expect(await replayDeadLetter("a", { letters, queues: {}, clock })).toEqual(
    refuse({ code: "queue_unknown", queue: "elsewhere" }),
  );
});
