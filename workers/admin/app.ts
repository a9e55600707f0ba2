import { Hono, type Context } from "hono";
import { CATALOGUE_TAG } from "#catalog";
import { CONTENT_TAG } from "#content";
import { purgeAfterWrite } from "#edge-cache";
import { continueTrace, createLogger, describeError, isTrouble } from "#platform";
import { createStaffAuth } from "#staff";
import {
  answerProblem,
  createErrorHandler,
  notFoundProblem,
  privateOnly,
  requestContext,
  requireSameOrigin,
  securityHeaders,
} from "#web";
import { createAdminPages } from "../../src/admin/http/admin-pages.tsx";
import { createReconciliationPages } from "../../src/admin/http/reconciliation-routes.tsx";
import { adminApi } from "./admin-api.ts";
import { adminPorts, envOf, type AdminHono } from "./compose.ts";
import { reconciliationDesk, SHOP_TIME_ZONE } from "./reconciliation.ts";

const authOf = (c: Context) => {
  const env = envOf(c);
  return createStaffAuth({
    password: env.ADMIN_DEV_PASSWORD,
    apiToken: env.ADMIN_API_TOKEN,
    secret: env.SESSION_SECRET,
  });
};

/** The back office: its own security boundary behind the storefront's gateway. Built once per isolate. */
export function createAdmin(): Hono<AdminHono> {
  const app = new Hono<AdminHono>();
  app.use("*", requestContext({ continueTrace }), securityHeaders(), privateOnly(), requireSameOrigin());
  app.use(
    "*",
    purgeAfterWrite({ everything: CATALOGUE_TAG, content: CONTENT_TAG, queue: (c) => envOf(c).PURGE_QUEUE }),
  );
  app.onError(
    createErrorHandler({
      isTrouble,
      report: (error, c) =>
        createLogger("admin", c.get("traceparent")).error("request.failed", {
          path: c.req.path,
          requestId: c.get("requestId"),
          reason: describeError(error),
        }),
    }),
  );
  app.use("/admin/api/*", (c, next) => authOf(c).require()(c, next));
  app.route("/admin/api", adminApi);
  app.all("/admin/api/*", (c) => answerProblem(c, notFoundProblem()));
  for (const path of ["/admin/reconciliation", "/admin/reconciliation/*"])
    app.use(path, (c, next) => authOf(c).require()(c, next));
  app.route("/admin", createReconciliationPages({ desk: reconciliationDesk, timeZone: SHOP_TIME_ZONE }));
  app.route("/admin", createAdminPages({ ports: adminPorts, auth: authOf }));
  return app;
}
