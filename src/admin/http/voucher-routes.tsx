import { Hono, type Context } from "hono";
import { DAY_MS, epochMs, mintId, type Result } from "#kernel";
import { showSecretCode, type DeskRefusal, type VoucherKind } from "#vouchers";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { NewVoucherPage, VoucherPage } from "../pages/voucher-form-pages.tsx";
import { IssuedPage, VoucherListPage } from "../pages/voucher-pages.tsx";
import { VOUCHER_KINDS } from "../pages/voucher-words.ts";
import { readMinor } from "./form-figures.ts";
import { callOf, cursored, listHref, paged, queryText, queryWord, type PortsOf } from "./support.ts";
import { couponFormFrom, couponFormOf, readCoupon, readDay, type FormMistake } from "./voucher-form.ts";

const JOURNAL_PAGE = 25;
const VOUCHER_ID = /^(?:coupon:[A-Z0-9-]{3,32}|(?:gift|credit):[0-9a-z]{32})$/;
const NOTICES = { saved: "Saved.", created: "Created.", recorded: "Recorded." } as const;

type Values = Readonly<Record<string, string>>;
type Shown = { readonly values?: Values; readonly errors?: readonly FormMistake[] };

/** Coupons, gift cards and credits for staff: lists, new ones, and one with its journal. */
export function createVoucherPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/vouchers", async (c) => {
    const { vouchers, timeZone } = ports(c);
    const kind = kindOf(c);
    const search = queryText(c, "q");
    const answer = await vouchers.list({ kind, ...cursored(c), ...(search ? { search } : {}) });
    const view = { kind, search, timeZone, nowMs: Date.now() };
    return htmlPage(c, <VoucherListPage {...paged(c, answer)} {...view} />);
  });
  app.get("/vouchers/new", (c) => showNew(c, ports, {}));
  app.post("/vouchers/new", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    return kindOf(c) === "coupon" ? createCoupon(c, ports, form.value) : issueAccount(c, ports, form.value);
  });
  app.get("/vouchers/:id", (c) => showVoucher(c, ports, {}));
  app.post("/vouchers/:id", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    return changeVoucher(c, ports, form.value);
  });
  return app;
}

const kindOf = (c: Context): VoucherKind => queryWord(c, "kind", VOUCHER_KINDS) ?? "coupon";
const newKey = (): string => mintId("adj", epochMs(Date.now()));

function showNew(c: Context<WebEnv>, ports: PortsOf, { values, errors = [] }: Shown) {
  const blank = { benefit: "percent", issueKey: newKey() };
  const props = { values: values ?? blank, errors, currency: ports(c).shopCurrency };
  return htmlPage(c, <NewVoucherPage kind={kindOf(c)} {...props} />, errors.length > 0 ? 422 : 200);
}

async function createCoupon(c: Context<WebEnv>, ports: PortsOf, fields: FormFields): Promise<Response> {
  const { vouchers, shopCurrency } = ports(c);
  const values = couponFormOf(fields);
  const read = readCoupon(values, shopCurrency);
  if (!read.ok) return showNew(c, ports, { values, errors: read.errors });
  const saved = await vouchers.saveCoupon({ terms: read.terms, isNew: true }, callOf(c));
  if (!saved.ok) return showNew(c, ports, { values, errors: mistakesOf(saved.refusal, "code") });
  return c.redirect(`/admin/vouchers/${encodeURIComponent(saved.value.voucherId)}?done=created`, 303);
}

async function issueAccount(c: Context<WebEnv>, ports: PortsOf, fields: FormFields): Promise<Response> {
  const { vouchers, shopCurrency } = ports(c);
  const isCredit = kindOf(c) === "store_credit";
  const errors: FormMistake[] = [];
  const amountMinor = readMinor(fields["amount"], shopCurrency);
  const email = (fields["email"] ?? "").trim();
  if (amountMinor === undefined || amountMinor <= 0)
    errors.push({ field: "amount", message: `Enter an amount in ${shopCurrency}, such as 25.00.` });
  if (isCredit && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.push({ field: "email", message: "Enter the customer's e-mail address." });
  const lastDay = readDay(fields, "lastDay", errors);
  const values = { ...fields, issueKey: fields["issueKey"] ?? newKey() };
  if (errors.length > 0 || amountMinor === undefined) return showNew(c, ports, { values, errors });
  const issued = await vouchers.issueAccount(
    {
      issueKey: `page:${values.issueKey}`,
      currency: shopCurrency,
      amountMinor,
      note: (fields["note"] ?? "").trim(),
      ...(isCredit ? { customer: email } : {}),
      ...(lastDay === undefined ? {} : { validUntil: epochMs(lastDay + DAY_MS) }),
    },
    callOf(c),
  );
  if (!issued.ok)
    return showNew(c, ports, { values, errors: mistakesOf(issued.refusal, isCredit ? "email" : "amount") });
  return htmlPage(c, <IssuedPage view={issued.value.view} code={showSecretCode(issued.value.code)} />, 201);
}

async function showVoucher(
  c: Context<WebEnv, "/vouchers/:id">,
  ports: PortsOf,
  { values, errors = [] }: Shown,
): Promise<Response> {
  const id = c.req.param("id");
  const { vouchers, timeZone, shopCurrency } = ports(c);
  const before = Number(c.req.query("before"));
  const page = { limit: JOURNAL_PAGE, ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}) };
  const [view, journal] = VOUCHER_ID.test(id)
    ? await Promise.all([vouchers.view(id), vouchers.journal(id, page)])
    : [undefined, []];
  if (!view) return htmlPage(c, <NotHerePage what="voucher" backHref="/admin/vouchers" />, 404);
  const last = journal.at(-1);
  const hasMore = journal.length === JOURNAL_PAGE && last !== undefined && last.sequence > 1;
  const stored =
    view.terms.kind === "coupon" ? couponFormFrom(view.terms, view.version) : { adjustmentId: newKey() };
  const done = queryWord(c, "done", ["saved", "created", "recorded"]);
  const model = {
    view,
    journal,
    moreHref: hasMore ? listHref(c, { before: String(last.sequence), done: undefined }) : undefined,
    values: values ?? stored,
    errors,
    currency: view.terms.kind === "coupon" ? shopCurrency : view.terms.currency,
    notice: done && NOTICES[done],
    timeZone,
    nowMs: Date.now(),
  };
  return htmlPage(c, <VoucherPage {...model} />, errors.length > 0 ? 422 : 200);
}

async function changeVoucher(
  c: Context<WebEnv, "/vouchers/:id">,
  ports: PortsOf,
  fields: FormFields,
): Promise<Response> {
  const voucherId = c.req.param("id");
  if (!VOUCHER_ID.test(voucherId)) return showVoucher(c, ports, {});
  switch (fields["do"]) {
    case "save":
      return saveCoupon(c, ports, couponFormOf({ ...fields, code: voucherId.slice("coupon:".length) }));
    case "adjust":
      return adjust(c, ports, fields);
    default: {
      const change = { isDisabled: fields["do"] === "disable" };
      const changed = await ports(c).vouchers.changeAccount({ voucherId, change }, callOf(c));
      return finish(c, ports, { result: changed, done: "saved", values: {}, field: "amount" });
    }
  }
}

async function saveCoupon(
  c: Context<WebEnv, "/vouchers/:id">,
  ports: PortsOf,
  values: ReturnType<typeof couponFormOf>,
): Promise<Response> {
  const { vouchers, shopCurrency } = ports(c);
  const read = readCoupon(values, shopCurrency);
  if (!read.ok) return showVoucher(c, ports, { values, errors: read.errors });
  const expected = /^\d{1,15}$/.test(values.version) ? { expectedVersion: Number(values.version) } : {};
  const result = await vouchers.saveCoupon({ terms: read.terms, ...expected }, callOf(c));
  return finish(c, ports, { result, done: "saved", values, field: "benefit" });
}

async function adjust(
  c: Context<WebEnv, "/vouchers/:id">,
  ports: PortsOf,
  fields: FormFields,
): Promise<Response> {
  const { vouchers, shopCurrency } = ports(c);
  const amountMinor = readMinor(fields["amount"], shopCurrency);
  const reason = (fields["reason"] ?? "").trim().slice(0, 200);
  const values = { ...fields, adjustmentId: fields["adjustmentId"] ?? newKey() };
  const errors: FormMistake[] = [
    ...(amountMinor === undefined || amountMinor === 0
      ? [{ field: "amount", message: "Enter an amount, such as 5.00 or -5.00." }]
      : []),
    ...(reason === ""
      ? [{ field: "reason", message: "Enter the reason, as the journal should say it." }]
      : []),
  ];
  if (errors.length > 0 || amountMinor === undefined) return showVoucher(c, ports, { values, errors });
  const adjustment = { adjustmentId: values.adjustmentId.slice(0, 200), amountMinor, reason };
  const result = await vouchers.adjust({ voucherId: c.req.param("id"), adjustment }, callOf(c));
  return finish(c, ports, { result, done: "recorded", values, field: "amount" });
}

type Finished = {
  readonly result: Result<unknown, DeskRefusal>;
  readonly done: keyof typeof NOTICES;
  readonly values: Values;
  readonly field: string;
};

function finish(
  c: Context<WebEnv, "/vouchers/:id">,
  ports: PortsOf,
  { result, done, values, field }: Finished,
): Promise<Response> | Response {
  if (!result.ok) return showVoucher(c, ports, { values, errors: mistakesOf(result.refusal, field) });
  return c.redirect(`/admin/vouchers/${encodeURIComponent(c.req.param("id"))}?done=${done}`, 303);
}

/** The sentences of a refusal, at the fields of these forms. */
function mistakesOf(refusal: DeskRefusal, field: string): readonly FormMistake[] {
  switch (refusal.code) {
    case "invalid_terms":
      return refusal.mistakes.map((mistake) => ({ field: mistake.field, message: mistake.detail }));
    case "invalid_amount":
      return [{ field, message: refusal.detail }];
    case "voucher_exists":
      return [{ field, message: "It has been issued already, with other terms. Edit that one." }];
    case "version_conflict":
      return [{ field, message: "It changed meanwhile. Look at it and send the form again." }];
    default:
      return [{ field, message: "This cannot be done with it now." }];
  }
}
