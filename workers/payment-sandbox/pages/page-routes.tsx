import type { Result } from "#kernel";
import { html } from "hono/html";
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { lostAnswer } from "../api/answers.ts";
import { lateMs, paymentObject } from "../api/payment-client.ts";
import { readText } from "../api/read-request.ts";
import { newApp, type SandboxApp, type SandboxBindings } from "../api/sandbox-app.ts";
import { readCardForm, type CardForm } from "../domain/card-form.ts";
import type { Payment, PaymentRefusal } from "../domain/payment.ts";
import { findTestCard, type TestCard } from "../domain/test-cards.ts";
import type { PageAnswer } from "../objects/contract.ts";
import { ChallengePage, isPaid, MessagePage, OverPage } from "./other-pages.tsx";
import { PayPage, type PayPageProps } from "./pay-page.tsx";
import { STYLES } from "./styles.ts";

type Call = Context<SandboxBindings>;

/** The pages of buyers: plain forms, no script, never cached, never framed. */
export function pageRoutes(): SandboxApp {
  return newApp()
    .get(
      "/pay.css",
      () =>
        new Response(STYLES, {
          headers: { "content-type": "text/css", "cache-control": "public, max-age=300" },
        }),
    )
    .get("/pay/:id", async (c) => {
      const payment = await readPayment(c);
      return payment ? showPayment(c, payment) : unknownPage(c);
    })
    .post("/pay/:id", async (c) => {
      const payment = await readPayment(c);
      const form = await readForm(c.req.raw);
      if (!payment) return unknownPage(c);
      return form ? payByForm(c, payment, form) : unreadablePage(c);
    })
    .get("/pay/:id/challenge", async (c) => {
      const payment = await readPayment(c);
      if (!payment) return unknownPage(c);
      if (!hasChallenge(payment)) return showPayment(c, payment);
      return page(c, <ChallengePage payment={payment} merchant={c.env.MERCHANT_NAME} />, { payment });
    })
    .post("/pay/:id/challenge", async (c) => {
      const answer = (await readForm(c.req.raw))?.get("answer");
      if (answer !== "approve" && answer !== "refuse") return unreadablePage(c);
      const result = await paymentObject(c.env, c.req.param("id"))?.answerChallenge(answer === "approve");
      return result ? afterAction(c, result) : unknownPage(c);
    });
}

const hasChallenge = ({ state }: Payment): boolean =>
  state.status === "requires_action" && state.challenge !== undefined;

async function readPayment(c: Call): Promise<Payment | undefined> {
  const result = await paymentObject(c.env, c.req.param("id") ?? "")?.page();
  return result?.ok ? result.value : undefined;
}

async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return undefined;
  const text = await readText(request);
  return text === undefined ? undefined : new URLSearchParams(text);
}

/** The page that fits the state; whoever has paid and comes back is sent on, so that going back is always safe. */
function showPayment(c: Call, payment: Payment): Response | Promise<Response> {
  const { returnUrl, id } = payment.request;
  if (isPaid(payment) && returnUrl !== undefined) return seeOther(returnUrl);
  if (hasChallenge(payment)) return seeOther(`/pay/${id}/challenge`);
  if (payment.state.status !== "requires_action" || returnUrl === undefined) return overPage(c, payment);
  return payPage(
    c,
    { payment, ...(payment.state.lastDecline ? { decline: payment.state.lastDecline } : {}) },
    200,
  );
}

async function payByForm(c: Call, payment: Payment, form: URLSearchParams): Promise<Response> {
  if (payment.state.status !== "requires_action" || payment.request.kind === "token")
    return showPayment(c, payment);
  const picked = findTestCard("id", form.get("card") ?? "");
  if (picked) return payByCard(c, picked, { number: picked.number, expiry: "", name: "" });
  const field = (name: keyof CardForm): string => form.get(name) ?? "";
  const typed = { number: field("number"), expiry: field("expiry"), name: field("name") };
  const now = new Date();
  const card = readCardForm(
    { ...typed, code: field("code") },
    { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 },
  );
  if (!card.ok) return payPage(c, { payment, typed, fieldErrors: card.refusal.errors }, 422);
  return payByCard(c, card.value, typed);
}

async function payByCard(
  c: Call,
  card: TestCard,
  typed: NonNullable<PayPageProps["typed"]>,
): Promise<Response> {
  const result = await paymentObject(c.env, c.req.param("id") ?? "")?.pay(card.id);
  if (!result) return unknownPage(c);
  const decline = result.ok ? declineOf(result.value.payment) : undefined;
  if (result.ok && decline) return payPage(c, { payment: result.value.payment, typed, decline }, 422);
  return afterAction(c, result);
}

const declineOf = ({ state }: Payment) =>
  state.status === "requires_action" && !state.challenge ? state.lastDecline : undefined;

async function afterAction(c: Call, result: Result<PageAnswer, PaymentRefusal>): Promise<Response> {
  if (!result.ok) {
    // Another tab was quicker: show what is so now.
    const payment = await readPayment(c);
    return payment ? showPayment(c, payment) : unknownPage(c);
  }
  const { payment, manner } = result.value;
  if (manner === "dropped") return lostAnswer();
  if (manner === "late") await scheduler.wait(lateMs(c.env));
  if (isPaid(payment) && payment.request.returnUrl !== undefined) return seeOther(payment.request.returnUrl);
  if (isPaid(payment) || payment.state.status !== "requires_action") return overPage(c, payment);
  return seeOther(`/pay/${payment.request.id}`);
}

const payPage = (c: Call, props: Omit<PayPageProps, "merchant">, status: 200 | 422): Promise<Response> =>
  page(c, <PayPage {...props} merchant={c.env.MERCHANT_NAME} />, { payment: props.payment, status });

const overPage = (c: Call, payment: Payment): Promise<Response> =>
  page(c, <OverPage payment={payment} merchant={c.env.MERCHANT_NAME} />, {
    payment,
    status: isPaid(payment) ? 200 : 410,
  });

const unknownPage = (c: Call): Promise<Response> =>
  page(
    c,
    <MessagePage
      title="No such payment"
      text="The address leads to no payment. Go back to the shop and try again from there."
    />,
    {
      status: 404,
    },
  );

const unreadablePage = (c: Call): Promise<Response> =>
  page(
    c,
    <MessagePage
      title="That did not arrive whole"
      text="Go back and send the form once more. Nothing was charged."
    />,
    {
      status: 422,
    },
  );

const PAGE_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
} as const;

async function page(
  c: Call,
  body: Child,
  { payment, status = 200 }: { readonly payment?: Payment; readonly status?: 200 | 404 | 410 | 422 },
): Promise<Response> {
  return c.html(html`<!doctype html>${body}`, status, {
    ...PAGE_HEADERS,
    "content-security-policy": policyFor(payment),
  });
}

/** Browsers hold a form's redirect to `form-action` too, so the way back to the merchant has to be named. */
function policyFor(payment: Payment | undefined): string {
  const returnUrl = payment?.request.returnUrl;
  const formTargets = returnUrl === undefined ? "'self'" : `'self' ${new URL(returnUrl).origin}`;
  return `default-src 'none'; style-src 'self'; img-src data:; form-action ${formTargets}; base-uri 'none'; frame-ancestors 'none'`;
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { ...PAGE_HEADERS, location } });
