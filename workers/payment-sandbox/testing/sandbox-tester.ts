import { paymentIdOf } from "../api/payment-client.ts";
import app from "../main.ts";

export type ApiCall = {
  readonly key?: string;
  readonly body?: unknown;
  readonly method?: string;
  readonly apiKey?: string;
};
export type ApiAnswer = { readonly status: number; readonly body: Record<string, unknown> };

/** The address that tests reach the sandbox under; nothing listens there. */
export const SANDBOX_ORIGIN = "http://sandbox.test";

/** Talks to the sandbox's Worker as a merchant and as a buyer, without a network in between. */
export function createSandboxTester(env: SandboxEnv) {
  const request = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.fetch(new Request(`${SANDBOX_ORIGIN}${path}`, { redirect: "manual", ...init }), env);

  async function api(path: string, call: ApiCall = {}): Promise<ApiAnswer> {
    const { key, body, apiKey = env.PAYMENT_SANDBOX_KEY } = call;
    const method = call.method ?? (body === undefined ? "GET" : "POST");
    const response = await request(path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // An answer of the API is an object or, when it was lost, nothing.
    return {
      status: response.status,
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  return {
    request,
    api,
    paymentId: (key: string): Promise<string> => paymentIdOf(env, key),
    /** Sends a form as a browser without script does. */
    submit: (path: string, fields: Record<string, string>): Promise<Response> =>
      request(path, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** A payment of 56.90 euros by token; `changes` replace members. */
export const tokenBody = (token: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  amount: { currency: "EUR", amountMinor: 5690 },
  reference: `ord_${token}`,
  description: "Two prints",
  email: "mira@example.com",
  token,
  ...changes,
});

/** The same through the payment page. */
export const sessionBody = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const { token: _, ...body } = tokenBody("session", {
    displayReference: "K-1042",
    returnUrl: "http://shop.test/orders/ord_1/return",
    cancelUrl: "http://shop.test/checkout/chk_1",
  });
  return { ...body, ...changes };
};
