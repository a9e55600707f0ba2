import { createLogger, describeError, equalConstantTime } from "#platform";
import { answerJson, answerRefusal, lostAnswer } from "./api/answers.ts";
import { faultRoutes, spoilRequests } from "./api/faults.ts";
import { ledgerRoutes } from "./api/ledger-routes.ts";
import { paymentRoutes } from "./api/payment-routes.ts";
import { newApp, type SandboxApp } from "./api/sandbox-app.ts";
import { pageRoutes } from "./pages/page-routes.tsx";

export { SandboxLedgerObject } from "./objects/ledger-object.ts";
export { SandboxPaymentObject } from "./objects/payment-object.ts";

const app: SandboxApp = newApp()
  .use("/v1/*", async (c, next) =>
    equalConstantTime(c.req.header("authorization") ?? "", `Bearer ${c.env.PAYMENT_SANDBOX_KEY}`)
      ? next()
      : answerRefusal({ code: "unauthorised" }),
  )
  // The pattern matches /v1/payments itself too.
  .use("/v1/payments/*", spoilRequests)
  // A provider that is down does not say that it is well.
  .use("/health", spoilRequests)
  .route("/v1/payments", paymentRoutes())
  .route("/v1/ledger", ledgerRoutes())
  .route("/v1/faults", faultRoutes())
  .get("/health", () => answerJson({ status: "up" }))
  .route("/", pageRoutes());

app.notFound(() => answerRefusal({ code: "route_unknown" }));
app.onError((error) => {
  createLogger("sandbox").error("sandbox.request_failed", { reason: describeError(error) });
  return lostAnswer();
});

/** The payment sandbox: a separate company that knows nothing of the shop but what the shop sends. */
export default app;
