import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { DEMO_SECRETS } from "../scripts/lib/demo-secrets.ts";

type Money = { readonly currency: string; readonly amountMinor: number };
type Asked = { readonly amount: Money; readonly reference: string };
type Payment = {
  readonly id: string;
  readonly key: string;
  readonly status: "authorised" | "captured";
  readonly reference: string;
  readonly amount: Money;
  readonly captured: Money;
  readonly refunded: Money;
  readonly createdAt: string;
  readonly card: { readonly brand: string; readonly last4: string };
};
type Answer = { readonly status: number; readonly body: unknown };

export type Provider = { readonly url: string; close(): Promise<void> };

/**
 * A payment provider that approves at once and keeps its payments in memory: the calls and the signed webhooks of the
 * payment sandbox, without its book, its faults and its disk. A provider is somebody else's machine; the sandbox would take
 * half as much of this one as the shop that is measured.
 */
export async function startProvider(webhookUrl: string): Promise<Provider> {
  const payments = new Map<string, Payment>();
  const server = createServer((request, response) => {
    void answer(payments, webhookUrl, request)
      .catch((): Answer => ({ status: 400, body: { type: "about:blank" } }))
      .then((made) => send(response, made));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

async function answer(
  payments: Map<string, Payment>,
  webhookUrl: string,
  request: IncomingMessage,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://provider");
  if (pathname === "/health") return { status: 200, body: {} };
  if (request.method === "GET") return found(payments.get(searchParams.get("key") ?? ""));
  const body: unknown = JSON.parse(await textOf(request));
  const key = String(request.headers["idempotency-key"]);
  const captured = /^\/v1\/payments\/([\w-]+)\/capture$/.exec(pathname)?.[1];
  if (captured === undefined && pathname !== "/v1/payments") return found(undefined);
  const before = captured === undefined ? payments.get(key) : payments.get(captured);
  if (captured === undefined ? before : before?.status === "captured") return found(before);
  const after = captured === undefined ? authorised(key, body as Asked) : before && paid(before);
  if (!after) return found(undefined);
  payments.set(after.id, after).set(after.key, after);
  void tell(webhookUrl, after);
  return { status: captured === undefined ? 201 : 200, body: after };
}

const authorised = (key: string, { amount, reference }: Asked): Payment => ({
  id: `pay_${crypto.randomUUID()}`,
  key,
  status: "authorised",
  reference,
  amount,
  captured: { ...amount, amountMinor: 0 },
  refunded: { ...amount, amountMinor: 0 },
  createdAt: new Date().toISOString(),
  card: { brand: "visa", last4: "4242" },
});

const paid = (payment: Payment): Payment => ({ ...payment, status: "captured", captured: payment.amount });

const found = (payment: Payment | undefined): Answer =>
  payment
    ? { status: 200, body: payment }
    : { status: 404, body: { type: "/problems/sandbox/payment-unknown" } };

/** Signed as Standard Webhooks says, and sent once: whoever measures has no use for a second try. */
async function tell(url: string, payment: Payment): Promise<void> {
  const now = new Date();
  const id = `msg_${payment.id}_${payment.status}`;
  const body = JSON.stringify({
    id,
    type: `payment.${payment.status}`,
    version: 1,
    occurredAt: now.toISOString(),
    data: { payment },
  });
  const taken = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(DEMO_SECRETS.PAYMENT_WEBHOOK_SECRET).sign(id, now, body),
    },
    body,
  });
  await taken.body?.cancel();
  if (!taken.ok) throw new Error(`The shop refused a webhook: ${taken.status}`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}
