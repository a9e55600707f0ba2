import { runDurableObjectAlarm, runInDurableObject, evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { epochMs, mintId, SECRET_ID_RANDOM_BYTES, type OrderId, type Result } from "#kernel";
import { IDLE_MS, IDLE_STEP_MS, MAX_STORED_REPLIES } from "../../src/cart/domain/limits.ts";

const CALL = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "customer" };
const newCart = () => env.CARTS.getByName(mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES));
const newOrder = (): OrderId => mintId("ord", epochMs(Date.now()));
const line = (variantId: string, quantity = 1) => ({
  lineId: `lin_${variantId}`,
  variantId,
  quantity,
  unitPriceMinor: 3400,
});

function must<T>(result: Result<T, { readonly code: string }>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

async function openedCart() {
  const cart = newCart();
  await cart.open({ currency: "EUR", country: "DE" }, CALL);
  return cart;
}

/** Sets the object's clock ahead and lets its alarm run. */
async function letTimePass(cart: ReturnType<typeof newCart>, milliseconds: number): Promise<void> {
  await runInDurableObject(cart, (object) => {
    const now = epochMs(Date.now() + milliseconds);
    object.clock = { now: () => now };
  });
  await runDurableObjectAlarm(cart);
}

const MANY = MAX_STORED_REPLIES + 10;

/** The keys whose replies are kept after more keyed changes than are kept, the oldest first. */
async function keysAfterMany(cart: ReturnType<typeof newCart>): Promise<string[]> {
  must(await cart.addLine(line("a"), undefined, CALL));
  for (let index = 0; index < MANY; index += 1) {
    const input = { lineId: "lin_a", quantity: 1 + (index % 2) };
    must(await cart.setQuantity(input, { key: `k${index}`, requestHash: "h" }, CALL));
  }
  return runInDurableObject(cart, (_, { storage: { sql } }) =>
    sql
      .exec<{ key: string }>("SELECT key FROM replies ORDER BY number")
      .toArray()
      .map(({ key }) => key),
  );
}

/** The newest ones, and no more than a few above the bound. */
function expectBounded(keys: readonly string[]): void {
  expect(keys.length).toBeGreaterThanOrEqual(MAX_STORED_REPLIES);
  expect(keys.length).toBeLessThan(MAX_STORED_REPLIES + 8);
  expect(keys).toEqual(Array.from({ length: keys.length }, (_, n) => `k${MANY - keys.length + n}`));
}

describe("a cart object", () => {
  it("stores nothing for a name that nobody opened", async () => {
    const cart = newCart();
    expect(await cart.view()).toEqual({ ok: false, refusal: { code: "cart_unknown" } });
    expect(await cart.addLine(line("a"), undefined, CALL)).toEqual({
      ok: false,
      refusal: { code: "cart_unknown" },
    });
    const tables = await runInDurableObject(cart, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'cart'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("survives an eviction with its lines", async () => {
    const cart = await openedCart();
    must(await cart.addLine(line("a", 2), undefined, CALL));
    await evictDurableObject(cart);
    expect(must(await cart.view()).lines).toEqual([
      { lineId: "lin_a", variantId: "a", quantity: 2, seenUnitPriceMinor: 3400 },
    ]);
  });

  it("is opened with its lines in one write, or stores nothing", async () => {
    const full = newCart();
    const terms = { currency: "EUR", country: "DE" };
    const opened = must(await full.open({ ...terms, lines: [line("a", 2), line("b")] }, CALL));
    expect(opened.lines.map((row) => row.quantity)).toEqual([2, 1]);
    const refused = newCart();
    expect(await refused.open({ ...terms, lines: [line("a"), line("a", 20)] }, CALL)).toMatchObject({
      ok: false,
      refusal: { code: "quantity_out_of_range" },
    });
    expect(await refused.view()).toEqual({ ok: false, refusal: { code: "cart_unknown" } });
  });

  it("is opened at its checkout in one write, or stores nothing", async () => {
    const cart = newCart();
    const input = { currency: "EUR", country: "DE", requestHash: "h1", checkout: {} };
    expect(await cart.openAtCheckout({ ...input, lines: [] }, CALL)).toMatchObject({
      refusal: { code: "cart_empty" },
    });
    expect(await cart.view()).toEqual({ ok: false, refusal: { code: "cart_unknown" } });
    const lines = [line("a", 2)];
    const opened = must(await cart.openAtCheckout({ ...input, lines }, CALL));
    expect(must(await cart.view())).toMatchObject({
      checkoutId: opened.checkoutId,
      lines: [{ quantity: 2 }],
    });
    expect(must(await cart.openAtCheckout({ ...input, lines: [line("b")] }, CALL))).toEqual(opened);
    expect(await cart.openAtCheckout({ ...input, lines, requestHash: "h2" }, CALL)).toMatchObject({
      refusal: { code: "idempotency_key_reused" },
    });
  });

  it("is opened once: opening again gives what is there", async () => {
    const cart = await openedCart();
    must(await cart.addLine(line("a"), undefined, CALL));
    expect(must(await cart.open({ currency: "USD", country: "US" }, CALL))).toMatchObject({
      currency: "EUR",
      version: 1,
    });
  });

  it("does a keyed change once and gives the same reply again", async () => {
    const cart = await openedCart();
    const tag = { key: "k1", requestHash: "h1" };
    const first = await cart.addLine(line("a"), tag, CALL);
    must(await cart.addLine(line("b"), undefined, CALL));
    expect(await cart.addLine(line("a"), tag, CALL)).toEqual(first);
    expect(must(await cart.view()).lines.map((row) => row.quantity)).toEqual([1, 1]);
    expect(await cart.addLine(line("a"), { key: "k1", requestHash: "h2" }, CALL)).toEqual({
      ok: false,
      refusal: { code: "idempotency_key_reused" },
    });
  });

  it("does not store a refusal, because it changed nothing", async () => {
    const cart = await openedCart();
    const tag = { key: "k1", requestHash: "h1" };
    expect(await cart.setQuantity({ lineId: "lin_a", quantity: 2 }, tag, CALL)).toMatchObject({
      ok: false,
      refusal: { code: "line_unknown" },
    });
    must(await cart.addLine(line("a"), undefined, CALL));
    expect(await cart.setQuantity({ lineId: "lin_a", quantity: 2 }, tag, CALL)).toMatchObject({ ok: true });
  });

  it("keeps a bounded number of replies", async () => {
    const cart = await openedCart();
    expectBounded(await keysAfterMany(cart));
  });

  it("keeps as many in a cart that was made when replies were counted up for ever", async () => {
    const cart = await openedCart();
    await runInDurableObject(cart, (_, { storage: { sql } }) => {
      const made = "SELECT sql FROM sqlite_master WHERE name = 'replies'";
      const statement = sql.exec<{ sql: string }>(made).one().sql;
      sql.exec("DROP TABLE replies");
      sql.exec(statement.replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT"));
      sql.exec("SELECT seq FROM sqlite_sequence");
    });
    expectBounded(await keysAfterMany(cart));
  });

  it("keeps a bounded number of replies after it was deleted and opened again", async () => {
    const cart = await openedCart();
    await keysAfterMany(cart);
    await letTimePass(cart, IDLE_MS + IDLE_STEP_MS + 60_000);
    must(await cart.open({ currency: "EUR", country: "DE" }, CALL));
    expectBounded(await keysAfterMany(cart));
  });

  it("lets one of two concurrent orders have the checkout", async () => {
    const cart = await openedCart();
    must(await cart.addLine(line("a"), undefined, CALL));
    const { checkoutId } = must(await cart.openCheckout(undefined, CALL));
    const orders = [newOrder(), newOrder()];
    const claims = await Promise.all(
      orders.map((orderId) => cart.beginPlacement({ checkoutId, orderId }, CALL)),
    );
    expect(claims.map((claim) => claim.ok).sort()).toEqual([false, true]);
    const winner = orders[claims.findIndex((claim) => claim.ok)];
    expect(claims.find((claim) => !claim.ok)).toEqual({
      ok: false,
      refusal: { code: "checkout_closed", orderId: winner },
    });
  });

  it("empties the cart when the order holds its units, and fills it again when the order is undone", async () => {
    const cart = await openedCart();
    must(await cart.addLine(line("a", 2), undefined, CALL));
    const { checkoutId } = must(await cart.openCheckout(undefined, CALL));
    const claim = { checkoutId, orderId: newOrder() };
    must(await cart.beginPlacement(claim, CALL));
    await cart.finishPlacement(claim, CALL);
    await cart.finishPlacement(claim, CALL);
    expect(must(await cart.view())).toMatchObject({ lines: [] });
    expect(must(await cart.checkout(checkoutId))).toMatchObject({ status: "placed", orderId: claim.orderId });
    await cart.reopen(claim, CALL);
    expect(must(await cart.view()).lines).toMatchObject([{ variantId: "a", quantity: 2 }]);
  });

  it("is deleted after 30 idle days, and not a moment earlier", async () => {
    const cart = await openedCart();
    must(await cart.addLine(line("a"), undefined, CALL));
    await letTimePass(cart, IDLE_MS - 60_000);
    expect((await cart.view()).ok).toBe(true);
    await letTimePass(cart, IDLE_MS + IDLE_STEP_MS + 60_000);
    expect(await cart.view()).toEqual({ ok: false, refusal: { code: "cart_unknown" } });
  });

  it("sets its alarm before it writes a row: the platform makes a table for the first one", async () => {
    const done = await runInDurableObject(newCart(), async (object, { storage }) => {
      const steps: string[] = [];
      const setAlarm = storage.setAlarm.bind(storage);
      Reflect.set(storage, "setAlarm", (at: number) => {
        steps.push("alarm");
        return setAlarm(at);
      });
      const exec = storage.sql.exec.bind(storage.sql);
      Reflect.set(storage.sql, "exec", (statement: string, ...values: readonly string[]) => {
        if (statement.startsWith("INSERT")) steps.push("row");
        return exec(statement, ...values);
      });
      await object.open({ currency: "EUR", country: "DE" }, CALL);
      return { steps, alarm: await storage.getAlarm() };
    });
    expect(done.steps.slice(0, 2)).toEqual(["alarm", "row"]);
    const endsAt = Date.now() + IDLE_MS + IDLE_STEP_MS;
    expect(done.alarm).toBeGreaterThan(endsAt - 60_000);
    expect(done.alarm).toBeLessThanOrEqual(endsAt);
  });

  it("has no alarm when its first change fails, and knows nothing of what was not written", async () => {
    const cart = newCart();
    const failed = await runInDurableObject(cart, async (object, { storage }) => {
      const exec = storage.sql.exec.bind(storage.sql);
      Reflect.set(storage.sql, "exec", (statement: string, ...values: readonly string[]) => {
        if (statement.startsWith("INSERT INTO due")) throw new Error("broken on purpose");
        return exec(statement, ...values);
      });
      const answer = await object.open({ currency: "EUR", country: "DE" }, CALL).catch(String);
      Reflect.set(storage.sql, "exec", exec);
      return { answer, alarm: await storage.getAlarm() };
    });
    expect(failed).toEqual({ answer: "Error: broken on purpose", alarm: null });
    expect(await cart.view()).toEqual({ ok: false, refusal: { code: "cart_unknown" } });
  });
});
