import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import { epochMs, mintId, type EpochMs, type Result } from "#kernel";
import type { CallContext } from "#platform";
import {
  expectedOf,
  answerJson,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  readIdempotencyKey,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { AccountChange, DeskRefusal, VoucherDesk } from "../app/voucher-desk.ts";
import type { VoucherKind, VoucherView } from "../contract.ts";
import { voucherProblem } from "./problems.ts";
import {
  adjustmentBody,
  changeBody,
  codeParam,
  couponBody,
  creditBody,
  idParam,
  issueBody,
  issuedAnswer,
  journalAnswer,
  journalQuery,
  listQuery,
  renderEntry,
  renderVoucher,
  toCouponTerms,
  voucherAnswer,
  voucherListAnswer,
} from "./schemas.ts";

export type VoucherAdminOptions = { readonly desk: (c: Context<WebEnv>) => VoucherDesk };

const TAGS = ["Vouchers"];

const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** Coupons, gift cards and store credit for staff and systems. Mounted under /admin/api. */
export function createVoucherAdminApi(options: VoucherAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReads(app, options, { path: "coupons", kind: "coupon", prefix: "coupon:" });
  addReads(app, options, { path: "gift-cards", kind: "gift_card", prefix: "gift:" });
  addReads(app, options, { path: "store-credit", kind: "store_credit", prefix: "credit:" });
  addCouponWrite(app, options);
  addIssue(app, options, { path: "gift-cards", what: "a gift card", body: issueBody });
  addIssue(app, options, { path: "store-credit", what: "a customer's store credit", body: creditBody });
  addAccountWrites(app, options, { path: "gift-cards", prefix: "gift:" });
  addAccountWrites(app, options, { path: "store-credit", prefix: "credit:" });
  return app;
}

type Place = { readonly path: string; readonly prefix: string };

function addReads(
  app: Hono<WebEnv>,
  { desk }: VoucherAdminOptions,
  { path, kind, prefix }: Place & { readonly kind: VoucherKind },
): void {
  const param = kind === "coupon" ? codeParam : idParam;
  const idOf = (values: { readonly code?: string; readonly id?: string }): string =>
    prefix + (values.code ?? values.id ?? "");
  const name = kind === "coupon" ? ":code" : ":id";
  app.get(
    `/${path}`,
    describeRoute({
      summary: `All of ${path}, the last changed first`,
      description: "From copies that may be seconds old; decided is at each voucher itself.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", voucherListAnswer), ...problemAnswers(401, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { search, cursor, limit } = c.req.valid("query");
      const query = {
        kind,
        limit,
        ...(search === undefined ? {} : { search }),
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await desk(c).list(query);
      if (!page.ok)
        return answerProblem(
          c,
          invalidFieldsProblem([{ pointer: "/cursor", detail: "Use the nextCursor of the page before." }]),
        );
      return c.json({ ...page.value, items: page.value.items.map(renderVoucher) });
    },
  );
  app.get(
    `/${path}/${name}`,
    describeRoute({
      summary: "One of them, from its own object",
      tags: TAGS,
      responses: { 200: jsonAnswer("The voucher", voucherAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", param),
    async (c) => {
      const view = await desk(c).view(idOf(c.req.valid("param")));
      if (!view) return answerProblem(c, voucherProblem({ code: "voucher_unknown" }));
      return answerJson(c, renderVoucher(view), versionEtag(view.version));
    },
  );
  addJournal(app, { desk }, { path: `${path}/${name}`, param, idOf });
}

type JournalPlace = {
  readonly path: string;
  readonly param: typeof codeParam | typeof idParam;
  readonly idOf: (values: { readonly code?: string; readonly id?: string }) => string;
};

function addJournal(
  app: Hono<WebEnv>,
  { desk }: VoucherAdminOptions,
  { path, param, idOf }: JournalPlace,
): void {
  app.get(
    `/${path}/journal`,
    describeRoute({
      summary: "Every change and use, newest first",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", journalAnswer), ...problemAnswers(401, 422) },
    }),
    validate("param", param),
    validate("query", journalQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const before = cursor === undefined ? {} : { before: Number(cursor) };
      const items = await desk(c).journal(idOf(c.req.valid("param")), { ...before, limit });
      const last = items.at(-1);
      const hasMore = items.length === limit && last !== undefined && last.sequence > 1;
      return c.json({
        items: items.map(renderEntry),
        ...(hasMore ? { nextCursor: String(last.sequence) } : {}),
      });
    },
  );
}

function addCouponWrite(app: Hono<WebEnv>, { desk }: VoucherAdminOptions): void {
  app.put(
    "/coupons/:code",
    describeRoute({
      summary: "Create a coupon, or replace its terms",
      description:
        "Repeating changes nothing. With If-Match only the version that you have read is replaced.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The coupon", voucherAnswer),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("param", codeParam),
    validate("json", couponBody),
    async (c) => {
      const terms = toCouponTerms(c.req.valid("param").code, c.req.valid("json"));
      return answerVoucher(c, await desk(c).saveCoupon({ terms, ...expectedOf(c) }, callOf(c)));
    },
  );
}

function addIssue(
  app: Hono<WebEnv>,
  { desk }: VoucherAdminOptions,
  { path, what, body }: { path: string; what: string; body: typeof issueBody | typeof creditBody },
): void {
  app.post(
    `/${path}`,
    describeRoute({
      summary: `Issue ${what}`,
      description:
        "Needs an Idempotency-Key: a repeat gives the same one, and is the only way to see the code again.",
      tags: TAGS,
      responses: {
        201: jsonAnswer("Issued, with its code", issuedAnswer),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("json", body),
    async (c) => {
      const key = readIdempotencyKey(c, true);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const { email, code, validUntil, ...order }: IssueInput = c.req.valid("json");
      const issued = await desk(c).issueAccount(
        {
          ...order,
          issueKey: `${path}:${key.value}`,
          ...(email === undefined ? {} : { customer: email }),
          ...(code === undefined ? {} : { code }),
          ...(validUntil === undefined ? {} : { validUntil }),
        },
        callOf(c),
      );
      if (!issued.ok) return answerProblem(c, voucherProblem(issued.refusal));
      return c.json({ ...renderVoucher(issued.value.view), code: issued.value.code }, 201);
    },
  );
}

type IssueInput = z.output<typeof issueBody> & { readonly email?: string };

function addAccountWrites(app: Hono<WebEnv>, { desk }: VoucherAdminOptions, { path, prefix }: Place): void {
  app.patch(
    `/${path}/:id`,
    describeRoute({
      summary: "Change the note or the end, or switch it off and on",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The voucher", voucherAnswer),
        ...problemAnswers(400, 401, 404, 409, 413, 415, 422),
      },
    }),
    validate("param", idParam),
    validate("json", changeBody),
    async (c) => {
      const voucherId = prefix + c.req.valid("param").id;
      const change = withoutAbsent(c.req.valid("json"));
      return answerVoucher(
        c,
        await desk(c).changeAccount({ voucherId, change, ...expectedOf(c) }, callOf(c)),
      );
    },
  );
  app.post(
    `/${path}/:id/adjustments`,
    describeRoute({
      summary: "Put money on, or take it off",
      description: "Repeating with the same adjustmentId or Idempotency-Key changes nothing.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The voucher", voucherAnswer),
        ...problemAnswers(400, 401, 404, 409, 413, 415, 422),
      },
    }),
    validate("param", idParam),
    validate("json", adjustmentBody),
    async (c) => {
      const key = readIdempotencyKey(c, false);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const { adjustmentId: named, expectedVersion, ...rest } = c.req.valid("json");
      const adjustmentId = named ?? key.value ?? mintId("adj", epochMs(Date.now()));
      const expected = expectedVersion === undefined ? {} : { expectedVersion };
      const adjustment = { ...rest, ...expected, adjustmentId };
      const voucherId = prefix + c.req.valid("param").id;
      return answerVoucher(c, await desk(c).adjust({ voucherId, adjustment }, callOf(c)));
    },
  );
}

function withoutAbsent(body: z.output<typeof changeBody>): AccountChange {
  const {
    note,
    isDisabled,
    validUntil,
  }: {
    note?: string | undefined;
    isDisabled?: boolean | undefined;
    validUntil?: EpochMs | null | undefined;
  } = body;
  return {
    ...(note === undefined ? {} : { note }),
    ...(isDisabled === undefined ? {} : { isDisabled }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

function answerVoucher(c: Context<WebEnv>, result: Result<VoucherView, DeskRefusal>): Response {
  if (!result.ok) return answerProblem(c, voucherProblem(result.refusal));
  c.header("etag", versionEtag(result.value.version));
  return c.json(renderVoucher(result.value));
}
