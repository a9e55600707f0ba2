import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createSandboxTester, sessionBody, tokenBody } from "./testing/sandbox-tester.ts";

const sandbox = createSandboxTester(env);
const newKey = () => `key-${crypto.randomUUID()}`;
const RETURN_URL = "http://shop.test/orders/ord_1/return";
const typed = { number: "4242 4242 4242 4242", expiry: "12/40", code: "123", name: "Mira Okafor" };

beforeEach(() => void vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 }))));

async function openSession(changes = {}) {
  const key = newKey();
  const { body } = await sandbox.api("/v1/payments", { key, body: sessionBody(changes) });
  const path = `/pay/${String(body["id"])}`;
  const status = async () => (await sandbox.api(`/v1/payments?key=${key}`)).body["status"];
  return { key, path, id: String(body["id"]), status };
}

describe("the payment page", () => {
  test("shows merchant, order, total and the way back, and says that no money moves", async () => {
    const { path } = await openSession();
    const response = await sandbox.request(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const text of [
      env.MERCHANT_NAME,
      "K-1042",
      "€56.90",
      "Two prints",
      "Test provider: no money moves",
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('href="http://shop.test/checkout/chk_1"');
    for (const name of ["cc-number", "cc-exp", "cc-csc", "cc-name"])
      expect(html).toContain(`autocomplete="${name}"`);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("style=");
  });

  test("is never stored, never framed, and may send its form on only to the merchant", async () => {
    const { path } = await openSession();
    const { headers } = await sandbox.request(path);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http://shop.test; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  test("pays with a typed card and sends the buyer back; going back and sending again changes nothing", async () => {
    const { path, status } = await openSession();
    for (let time = 0; time < 2; time += 1) {
      const response = await sandbox.submit(path, typed);
      expect([response.status, response.headers.get("location")]).toEqual([303, RETURN_URL]);
    }
    expect((await sandbox.request(path)).headers.get("location")).toBe(RETURN_URL);
    expect(await status()).toBe("authorised");
  });

  test("pays with one button per test card", async () => {
    const { path, status } = await openSession();
    const html = await (await sandbox.request(path)).text();
    expect(html).toContain('name="card" value="approve"');
    expect((await sandbox.submit(path, { card: "approve" })).status).toBe(303);
    expect(await status()).toBe("authorised");
  });

  test("keeps the number after a decline, empties the code, and takes another card", async () => {
    const { path, status } = await openSession();
    const number = "4000 0000 0000 9995";
    const response = await sandbox.submit(path, { ...typed, number, code: "987" });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain("<title>Error:");
    expect(html).toContain("There is not enough money on this card. Nothing was charged. Try another card.");
    expect(html).toContain(`value="${number}"`);
    expect(html).not.toContain("987");
    expect(await status()).toBe("requires_action");
    expect((await sandbox.submit(path, typed)).status).toBe(303);
    expect(await status()).toBe("authorised");
  });

  test("names each wrong field in a summary and beside the field", async () => {
    const { path, status } = await openSession();
    const response = await sandbox.submit(path, {
      ...typed,
      number: "4242 4242 4242 4241",
      expiry: "01/20",
      code: "1",
    });
    const html = await response.text();
    expect(response.status).toBe(422);
    for (const field of ["number", "expiry", "code"]) {
      expect(html).toContain(`href="#${field}"`);
      expect(html).toContain(`id="${field}-error"`);
    }
    expect(html).toContain('value="Mira Okafor"');
    expect(await status()).toBe("requires_action");
  });

  test("writes what was typed as text, never as markup", async () => {
    const { path } = await openSession({ description: '<img src=x onerror="1">' });
    const response = await sandbox.submit(path, { ...typed, number: '"><script>1</script>' });
    expect(await response.text()).not.toMatch(/<script|<img/);
  });

  test.each<[string, RequestInit, number]>([
    ["no body", { method: "POST" }, 422],
    ["JSON", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }, 422],
    ["an empty form", { method: "POST", body: new URLSearchParams({ a: "" }) }, 422],
    ["an unknown card", { method: "POST", body: new URLSearchParams({ card: "gold" }) }, 422],
    ["20 KB", { method: "POST", body: new URLSearchParams({ number: "4".repeat(20_000) }) }, 422],
  ])("answers %s with a page and charges nothing", async (_, init, expected) => {
    const { path, status } = await openSession();
    const response = await sandbox.request(path, init);
    expect([response.status, await status()]).toEqual([expected, "requires_action"]);
  });

  test.each(["/pay/pay_00000000000000000000000000000000", "/pay/x", "/pay/%00/challenge"])(
    "does not exist at %s",
    async (path) => {
      expect((await sandbox.request(path)).status).toBe(404);
    },
  );

  test("is closed when the merchant has ended the payment", async () => {
    const { path, id, status } = await openSession();
    await sandbox.api(`/v1/payments/${id}/void`, { key: newKey(), body: {} });
    expect((await sandbox.request(path)).status).toBe(410);
    expect((await sandbox.submit(path, typed)).status).toBe(410);
    expect(await status()).toBe("voided");
  });
});

describe("the challenge page", () => {
  test.each([
    ["approve", RETURN_URL, "authorised"],
    ["refuse", undefined, "requires_action"],
  ])("after %s", async (answer, location, expected) => {
    const { path, status } = await openSession();
    const sent = await sandbox.submit(path, { card: "challenge" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, path]);
    expect((await sandbox.request(path)).headers.get("location")).toBe(`${path}/challenge`);
    expect(await (await sandbox.request(`${path}/challenge`)).text()).toMatch(/Approve[\s\S]*Refuse/);
    const response = await sandbox.submit(`${path}/challenge`, { answer });
    expect([response.status, response.headers.get("location")]).toEqual([303, location ?? path]);
    expect(await status()).toBe(expected);
    if (answer === "refuse")
      expect(await (await sandbox.request(path)).text()).toContain("You refused the payment at your bank.");
  });

  test("works for a token, which has no page to go back to", async () => {
    const { body } = await sandbox.api("/v1/payments", { key: newKey(), body: tokenBody("tok_challenge") });
    const path = `/pay/${String(body["id"])}`;
    expect((await sandbox.request(path)).headers.get("location")).toBe(`${path}/challenge`);
    const response = await sandbox.submit(`${path}/challenge`, { answer: "approve" });
    expect([response.status, (await response.text()).includes("You have paid")]).toEqual([200, true]);
  });

  test("takes no answer twice and no other answer", async () => {
    const { path, status } = await openSession();
    await sandbox.submit(path, { card: "challenge" });
    expect((await sandbox.submit(`${path}/challenge`, { answer: "maybe" })).status).toBe(422);
    await sandbox.submit(`${path}/challenge`, { answer: "approve" });
    expect((await sandbox.submit(`${path}/challenge`, { answer: "refuse" })).headers.get("location")).toBe(
      RETURN_URL,
    );
    expect(await status()).toBe("authorised");
  });
});

describe("the difficult cards on the page", () => {
  test("a lost reply has paid", async () => {
    const { path, status } = await openSession();
    const response = await sandbox.submit(path, { card: "approve_drop" });
    expect([response.status, await response.text(), await status()]).toEqual([500, "", "authorised"]);
  });

  test("a late reply has paid long before", async () => {
    const { path, status } = await openSession();
    const answer = sandbox.submit(path, { card: "approve_late" });
    await vi.waitFor(async () => expect(await status()).toBe("authorised"), { timeout: 800 });
    expect((await answer).headers.get("location")).toBe(RETURN_URL);
  });
});
