import { expect, test } from "vitest";
import { newTraceparent } from "#platform";
import { createProviders, type PaymentEnv } from "./create-providers.ts";

const call = { traceparent: newTraceparent(), actor: "test" };

/** An environment whose way out notes what leaves by it and answers nothing. */
function envWithEgress(provider: string): { env: PaymentEnv; left: string[] } {
  const left: string[] = [];
  const fetch = (input: RequestInfo | URL): Promise<Response> => {
    left.push(new Request(input).url);
    return Promise.resolve(new Response("{}", { status: 503 }));
  };
  const env: PaymentEnv = {
    PAYMENT_PROVIDERS: provider,
    PAYMENT_SANDBOX_URL: "https://sandbox.invalid",
    PAYMENT_SANDBOX_KEY: "key",
    STRIPE_SECRET_KEY: "sk_test_123",
    BANK_TRANSFER_DETAILS: "",
    PAYMENT_EGRESS: { fetch },
  };
  return { env, left };
}

test.each([
  ["sandbox", "https://sandbox.invalid/v1/payments?key=k"],
  ["stripe", "https://api.stripe.com/v1/payment_intents/search"],
])("calls to %s leave by the binding where there is one", async (name, address) => {
  const { env, left } = envWithEgress(name);
  expect(await createProviders(env).get(name)?.statusByKey("k", call)).toMatchObject({ kind: "unknown" });
  expect(left.map((url) => url.slice(0, address.length))).toEqual([address]);
});
