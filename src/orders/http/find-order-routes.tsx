import { Hono, type Context } from "hono";
import { createLogger, describeError } from "#platform";
import { answerProblem, htmlPage, readForm, speechOf, type WebEnv } from "#web";
import { readOrderNumber, requestOrderLink, type OrderLinkPorts } from "../app/request-order-link.ts";
import { EXAMPLE_NUMBER, FindOrderPage, LinkSentPage } from "../pages/find-order-page.tsx";

const MAX_EMAIL_CHARACTERS = 254;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MAX_TYPED_CHARACTERS = 64;

/**
 * `/find-order`: number and address of an order, for people without an account. The answer is the same and comes as fast
 * whether there is such an order or not; the work is done after it.
 */
export function createFindOrderPages(portsOf: (c: Context) => OrderLinkPorts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/find-order", (c) =>
    htmlPage(
      c,
      c.req.query("sent") === undefined ? (
        <FindOrderPage orderNumber="" email="" errors={[]} />
      ) : (
        <LinkSentPage />
      ),
    ),
  );
  app.post("/find-order", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const typed = (form.value["orderNumber"] ?? "").slice(0, MAX_TYPED_CHARACTERS);
    const email = (form.value["email"] ?? "").trim();
    const orderNumber = readOrderNumber(typed);
    const isEmail = email.length <= MAX_EMAIL_CHARACTERS && EMAIL.test(email);
    if (orderNumber === undefined || !isEmail) {
      const { say } = speechOf(c);
      const errors = [
        ...(orderNumber === undefined
          ? [{ field: "orderNumber", message: say("find.number_wrong", { example: EXAMPLE_NUMBER }) }]
          : []),
        ...(isEmail ? [] : [{ field: "email", message: say("field.email_wrong") }]),
      ];
      const view = { orderNumber: typed, email: email.slice(0, MAX_EMAIL_CHARACTERS), errors };
      return htmlPage(c, <FindOrderPage {...view} />, 422);
    }
    const traceparent = c.get("traceparent");
    const work = requestOrderLink(portsOf(c), { orderNumber, email, traceparent }).catch((error: unknown) =>
      createLogger("orders", traceparent).error("order_link.failed", { reason: describeError(error) }),
    );
    c.executionCtx.waitUntil(work);
    return c.redirect("/find-order?sent=yes", 303);
  });
  return app;
}
