import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DEMO_SECRETS } from "./demo-secrets.ts";
import { checkSecretsFile, EXAMPLE_PRODUCTION, readProduction, writeProductionConfig } from "./production.ts";
import { SHOP_WORKERS, WORKERS } from "./workers.ts";

const folder = mkdtempSync(join(tmpdir(), "kerbside-production-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = {
  SHOP_ORIGIN: "https://shop.example.com",
  SHOP_TIME_ZONE: "Europe/Berlin",
  PAYMENT_PROVIDERS: "stripe",
  D1_DATABASE_ID: "0d9a1b7e-1111-4222-8333-444455556666",
};

function fileWith(values: Readonly<Record<string, string>>): string {
  const path = join(folder, "values.env");
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe("what a deploy is told", () => {
  it("is accepted when it describes a real shop", () => {
    expect(readProduction(fileWith(GOOD)).shopOrigin).toBe(GOOD.SHOP_ORIGIN);
  });

  it.each([
    ["only the sandbox as provider", { PAYMENT_PROVIDERS: "sandbox" }, /takes no money/],
    ["the sandbox among others", { PAYMENT_PROVIDERS: "sandbox,cash_on_delivery" }, /takes no money/],
    ["no provider", { PAYMENT_PROVIDERS: "" }, /at least one/],
    ["a provider that nobody knows", { PAYMENT_PROVIDERS: "someone" }, /no payment provider/],
    ["a transfer to nowhere", { PAYMENT_PROVIDERS: "bank_transfer" }, /BANK_TRANSFER_DETAILS is empty/],
    ["cash without a limit", { PAYMENT_PROVIDERS: "cash_on_delivery" }, /LIMIT_MINOR is empty/],
    ["an origin without https", { SHOP_ORIGIN: "http://shop.example.com" }, /https origin/],
    ["an origin with a path", { SHOP_ORIGIN: "https://shop.example.com/" }, /https origin/],
    ["no database", { D1_DATABASE_ID: "" }, /D1_DATABASE_ID/],
    ["an environment of its own", { ENVIRONMENT: "development" }, /always production/],
    ["a demo secret", { SESSION_SECRET: DEMO_SECRETS.SESSION_SECRET }, /everybody knows/],
  ])("is refused with %s", (_, change, reason) => {
    expect(() => readProduction(fileWith({ ...GOOD, ...change }))).toThrow(reason);
  });

  it.each(Object.entries(DEMO_SECRETS))("never uploads the demo value of %s", (name, value) => {
    expect(() => checkSecretsFile(fileWith({ [name]: value }))).toThrow(/everybody knows/);
  });

  it("uploads secrets of one's own", () => {
    expect(() => checkSecretsFile(fileWith({ SESSION_SECRET: "p4Wc0mVd0i4nq8O1xg2w" }))).not.toThrow();
  });
});

describe("a production config", () => {
  const read = (path: string): string => readFileSync(path, "utf8");

  it("asks for Stripe's secrets exactly when Stripe takes the money", () => {
    const secretsWith = (paymentProviders: string): string =>
      read(
        writeProductionConfig(
          WORKERS.storefront,
          { ...EXAMPLE_PRODUCTION, paymentProviders },
          { isFirstRound: false },
        ),
      );
    expect(secretsWith("stripe")).toMatch(/"STRIPE_SECRET_KEY"[^\]]*"STRIPE_WEBHOOK_SECRET"/);
    expect(secretsWith("bank_transfer")).not.toContain("STRIPE");
  });

  it.each(SHOP_WORKERS)("of the $key Worker names neither the development nor the sandbox", (worker) => {
    const text = read(writeProductionConfig(worker, EXAMPLE_PRODUCTION, { isFirstRound: false }));
    expect(text).toContain('"ENVIRONMENT": "production"');
    expect(text).not.toMatch(/localhost|"development"|"sandbox"|PAYMENT_SANDBOX_KEY|demo-/);
  });

  it("binds the admin Worker to the storefront, except in the round that comes before there is one", () => {
    const withRound = (isFirstRound: boolean): string =>
      read(writeProductionConfig(WORKERS.storefront, EXAMPLE_PRODUCTION, { isFirstRound }));
    expect(withRound(true)).not.toContain("kerbside-admin");
    expect(withRound(false)).toContain("kerbside-admin");
  });
});
