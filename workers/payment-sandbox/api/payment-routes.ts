import { refuse, type Result } from "#kernel";
import { sha256Hex } from "#platform";
import type { Context } from "hono";
import type { PaymentRefusal } from "../domain/payment.ts";
import { findTestCard } from "../domain/test-cards.ts";
import type { Answer, CallOptions, PaymentRpc, Repeatable } from "../objects/contract.ts";
import { answerJson, answerRefusal, lostAnswer } from "./answers.ts";
import { callOptions } from "./faults.ts";
import { lateMs, paymentIdOf, paymentObject } from "./payment-client.ts";
import type { ApiRefusal } from "./problems.ts";
import { isKey, readJson, readKey } from "./read-request.ts";
import { newApp, type SandboxApp, type SandboxBindings } from "./sandbox-app.ts";
import { amountSchema, createSchema, emptySchema, type CreateBody } from "./schemas.ts";

type Call = Context<SandboxBindings>;

/** The merchant's API: one payment under one key, and what is done with it afterwards. */
export function paymentRoutes(): SandboxApp {
  return newApp()
    .post("/", create)
    .get("/", async (c) => {
      const key = c.req.query("key") ?? "";
      return isKey(key) ? read(c, await paymentIdOf(c.env, key)) : answerRefusal({ code: "payment_unknown" });
    })
    .get("/:id", (c) => read(c, c.req.param("id")))
    .post("/:id/capture", async (c) => {
      const body = await readJson(c.req.raw, amountSchema);
      return write(c, body, (payment, request, write) =>
        payment.capture(request.amount, write.repeat, write.options),
      );
    })
    .post("/:id/void", async (c) => {
      const body = await readJson(c.req.raw, emptySchema);
      return write(c, body, (payment, _, write) => payment.voidPayment(write.repeat, write.options));
    })
    .get("/:id/refunds", async (c) => {
      const key = c.req.query("key") ?? "";
      const payment = paymentObject(c.env, c.req.param("id"));
      if (!payment) return answerRefusal({ code: "payment_unknown" });
      const refund = await payment.refundByKey(key);
      return refund.ok ? answerJson(refund.value) : answerRefusal(refund.refusal);
    })
    .post("/:id/refunds", async (c) => {
      const body = await readJson(c.req.raw, amountSchema);
      return write(c, body, (payment, request, write) =>
        payment.refund(request.amount, write.repeat, write.options),
      );
    });
}

async function create(c: Call): Promise<Response> {
  const key = readKey(c.req.raw);
  if (!key.ok) return answerRefusal(key.refusal);
  const body = await readJson(c.req.raw, createSchema);
  if (!body.ok) return answerRefusal(body.refusal);
  const id = await paymentIdOf(c.env, key.value);
  const payment = paymentObject(c.env, id);
  if (!payment) return answerRefusal({ code: "payment_unknown" });
  const { token, sessionSeconds } = body.value;
  const card = token === undefined ? undefined : findTestCard("token", token);
  const result = await payment.create(
    {
      request: { id, key: key.value, origin: new URL(c.req.url).origin, ...requestOf(body.value) },
      sessionSeconds,
      ...(card ? { cardId: card.id } : {}),
      bodyHash: await sha256Hex(JSON.stringify(body.value)),
    },
    callOptions(c),
  );
  return answer(c, result, 201);
}

function requestOf(body: CreateBody) {
  const { amount, reference, displayReference, description, email, returnUrl, cancelUrl } = body;
  return {
    amount,
    reference,
    description,
    email,
    kind: body.token === undefined ? ("session" as const) : ("token" as const),
    ...(displayReference === undefined ? {} : { displayReference }),
    ...(returnUrl === undefined ? {} : { returnUrl }),
    ...(cancelUrl === undefined ? {} : { cancelUrl }),
  };
}

async function read(c: Call, id: string): Promise<Response> {
  const result = (await paymentObject(c.env, id)?.read()) ?? refuse<ApiRefusal>({ code: "payment_unknown" });
  return result.ok ? answerJson(result.value) : answerRefusal(result.refusal);
}

type Write = { readonly repeat: Repeatable; readonly options: CallOptions };

async function write<Body>(
  c: Call,
  body: Result<Body, ApiRefusal>,
  run: (payment: PaymentRpc, body: Body, write: Write) => Promise<Result<Answer, PaymentRefusal>>,
): Promise<Response> {
  const key = readKey(c.req.raw);
  if (!key.ok) return answerRefusal(key.refusal);
  if (!body.ok) return answerRefusal(body.refusal);
  const payment = paymentObject(c.env, c.req.param("id") ?? "");
  if (!payment) return answerRefusal({ code: "payment_unknown" });
  const repeat = { key: key.value, bodyHash: await sha256Hex(JSON.stringify(body.value)) };
  return answer(c, await run(payment, body.value, { repeat, options: callOptions(c) }), 200);
}

/** A card may ask that its answer comes late or not at all; a repeat of the request is answered at once. */
async function answer(c: Call, result: Result<Answer, PaymentRefusal>, status: number): Promise<Response> {
  if (!result.ok) return answerRefusal(result.refusal);
  const { reply, manner, isReplay } = result.value;
  if (manner === "dropped" && !isReplay) return lostAnswer();
  if (manner === "late" && !isReplay) await scheduler.wait(lateMs(c.env));
  return answerJson(reply, status);
}
