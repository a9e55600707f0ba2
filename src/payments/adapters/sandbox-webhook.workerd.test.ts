import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { WEBHOOK_TOLERANCE_MS } from "../domain/limits.ts";
import { verifySandboxWebhook } from "./sandbox-webhook.ts";

const secret = "whsec_dGVzdC13ZWJob29rLXNlY3JldC0wMTIzNDU2Nzg5";
const otherSecret = "whsec_b3RoZXItd2ViaG9vay1zZWNyZXQtMDEyMzQ1Njc4";
const orderId = "ord_01hv0000000000000000000000";
const signedAt = epochMs(1_800_000_000_000);
const key = `${orderId}:authorise:1`;
const bodyWith = (payment: unknown) =>
  JSON.stringify({ id: "msg_1", type: "payment.authorised", data: { payment } });
const body = bodyWith({ key, reference: orderId, extra: "é" });
const bytes = (text: string) => new TextEncoder().encode(text);

function signed(text = body, by = secret): Headers {
  return new Headers({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(signedAt / 1000),
    "webhook-signature": new Webhook(by).sign("msg_1", new Date(signedAt), text),
  });
}
const changed = (changes: Record<string, string>) => {
  const headers = signed();
  for (const [name, value] of Object.entries(changes)) headers.set(name, value);
  return headers;
};
const verify = (headers: Headers, content: Uint8Array = bytes(body), now = signedAt as number) =>
  verifySandboxWebhook({ body: content, headers, secret, now: epochMs(now) });
const refusal = (code: string) => ({ ok: false, refusal: { code } });

describe("a webhook", () => {
  test("that is genuine tells order, key, type and id", () => {
    expect(verify(signed())).toEqual({
      ok: true,
      value: { id: "msg_1", type: "payment.authorised", orderId, key },
    });
  });

  test("stays genuine while a secret is being changed", () => {
    const both = `${signed(body, otherSecret).get("webhook-signature")} v1a,xyz ${signed().get("webhook-signature")}`;
    expect(verify(changed({ "webhook-signature": both }))).toMatchObject({ ok: true });
  });

  test("is refused when any bit of its body was changed", () => {
    const original = bytes(body);
    for (let place = 0; place < original.length; place += 1) {
      const torn = Uint8Array.from(original);
      torn[place] = (torn[place] ?? 0) ^ 1;
      expect(verify(signed(), torn)).toEqual(refusal("signature_wrong"));
    }
  });

  test.each<[string, Headers, string]>([
    ["another secret", signed(body, otherSecret), "signature_wrong"],
    ["another id", changed({ "webhook-id": "msg_2" }), "signature_wrong"],
    ["another time", changed({ "webhook-timestamp": String(signedAt / 1000 + 1) }), "signature_wrong"],
    [
      "no version",
      changed({ "webhook-signature": (signed().get("webhook-signature") ?? "").slice(3) }),
      "signature_wrong",
    ],
    ["an empty signature", changed({ "webhook-signature": "v1," }), "signature_wrong"],
    ["a time that is none", changed({ "webhook-timestamp": "1e9" }), "signature_missing"],
    ["a negative time", changed({ "webhook-timestamp": "-1" }), "signature_missing"],
    ["no headers", new Headers(), "signature_missing"],
  ])("with %s is refused", (_, headers, code) => {
    expect(verify(headers)).toEqual(refusal(code));
  });

  test.each([
    [-WEBHOOK_TOLERANCE_MS, true],
    [-WEBHOOK_TOLERANCE_MS - 1, false],
    [WEBHOOK_TOLERANCE_MS, true],
    [WEBHOOK_TOLERANCE_MS + 1, false],
  ])("heard %i ms after signing: taken is %s", (distance, isTaken) => {
    const result = verify(signed(), bytes(body), signedAt + distance);
    expect(result.ok ? true : result.refusal.code).toBe(isTaken ? true : "outside_tolerance");
  });

  test.each<[string, string, string]>([
    ["no JSON", "hello", "body_wrong"],
    ["nothing", "", "body_wrong"],
    ["no payment", "{}", "body_wrong"],
    ["another kind of event", body.replace("payment.authorised", "invoice.paid"), "body_wrong"],
    ["something that is no order", bodyWith({ key, reference: "subscription-7" }), "not_an_order"],
    ["a path as order", bodyWith({ key, reference: "ord_../../x" }), "not_an_order"],
  ])("signed rightly over %s is refused", (_, text, code) => {
    expect(verify(signed(text), bytes(text))).toEqual(refusal(code));
  });

  test("is judged on its bytes: what is not UTF-8 was never signed", () => {
    const headers = signed(`${body}\uFFFD`);
    const content = new Uint8Array([...bytes(body), 0xff]);
    expect(verify(headers, content)).toEqual(refusal("signature_wrong"));
  });
});
