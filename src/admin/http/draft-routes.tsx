import { Hono, type Context } from "hono";
import { currency, isId, money, toDecimal, type StaffDraftId } from "#kernel";
import {
  cancelStaffDraft,
  changeStaffDraft,
  COUNTRY_CODES,
  createStaffDraft,
  placeStaffDraft,
  viewStaffDraft,
  type PricedStaffDraft,
} from "#checkout";
import { answerProblem, htmlPage, readForm, type FormFields, type SummaryError, type WebEnv } from "#web";
import { DraftListPage } from "../pages/draft-list-page.tsx";
import { DraftPage, DRAFT_ROWS } from "../pages/draft-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { readDraftForm } from "./draft-form.ts";
import { draftSentence } from "./order-refusals.ts";
import { choosePayment, paymentOptions } from "./payment-choice.ts";
import { callOf, cursored, paged, queryText, type PortsOf } from "./support.ts";

const names = new Intl.DisplayNames(["en"], { type: "region" });
const COUNTRIES = COUNTRY_CODES.map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) =>
  a.label.localeCompare(b.label, "en"),
);

/** Orders that staff write: list, form with what it costs, place, give up. */
export function createDraftPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/drafts", async (c) => {
    const { drafting, timeZone } = ports(c);
    const answer = await drafting.drafts.list(cursored(c));
    return htmlPage(c, <DraftListPage {...paged(c, answer)} timeZone={timeZone} />);
  });
  app.get("/drafts/new", (c) => showNew(c, ports, { values: marketChosen(c), errors: [] }));
  app.post("/drafts", (c) => create(c, ports));
  app.get("/drafts/:id", async (c) => {
    const priced = await find(c, ports);
    if (!priced) return notHere(c);
    const notice = c.req.query("saved") === undefined ? {} : { notice: "Saved." };
    return show(c, ports, { priced, values: valuesOf(priced), errors: [], ...notice });
  });
  app.post("/drafts/:id", (c) => save(c, ports));
  app.post("/drafts/:id/place", (c) => place(c, ports));
  app.post("/drafts/:id/cancel", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const at = claimOf(c, form.value);
    if (!at) return notHere(c);
    const cancelled = await cancelStaffDraft(ports(c).drafting, at);
    return cancelled.ok
      ? c.redirect("/admin/drafts", 303)
      : again(c, ports, draftSentence(cancelled.refusal));
  });
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="draft" backHref="/admin/drafts" />, 404);

const draftIdOf = (c: Context<WebEnv>): StaffDraftId | undefined => {
  const id = c.req.param("id");
  return isId("drf", id) ? id : undefined;
};

async function find(c: Context<WebEnv>, ports: PortsOf): Promise<PricedStaffDraft | undefined> {
  const draftId = draftIdOf(c);
  const viewed = draftId ? await viewStaffDraft(ports(c).drafting, draftId) : undefined;
  return viewed?.ok === true ? viewed.value : undefined;
}

function claimOf(c: Context<WebEnv>, form: FormFields) {
  const draftId = draftIdOf(c);
  return draftId && { draftId, expectedVersion: Number(form["version"] ?? 0) };
}

type Shown = {
  readonly values: FormFields;
  readonly errors: readonly SummaryError[];
  readonly notice?: string;
};

type Priced = { readonly priced: PricedStaffDraft };

const marketChosen = (c: Context<WebEnv>): FormFields => ({ market: queryText(c, "market") ?? "" });

/** The market that a new draft is written in: the named one, else the default one. */
async function newIn(c: Context<WebEnv>, ports: PortsOf, marketId: string | undefined) {
  const { shop, markets } = ports(c).drafting;
  const all = await markets();
  const market = all.find((one) => one.marketId === marketId) ?? all.find((one) => one.isDefault);
  return {
    all,
    market,
    document: {
      currency: market?.currency ?? shop.currency,
      country: market?.countries[0] ?? shop.country,
      ...(market === undefined || market.isDefault ? {} : { marketId: market.marketId }),
    },
  };
}

async function showNew(c: Context<WebEnv>, ports: PortsOf, shown: Shown) {
  const { all, market, document } = await newIn(c, ports, shown.values["market"]);
  const model = {
    ...shown,
    currency: document.currency,
    country: shown.values["country"] ?? document.country,
    countries: COUNTRIES,
    ...(market && all.length > 1 ? { market, markets: all } : {}),
  };
  return htmlPage(c, <DraftPage {...model} />, shown.errors.length > 0 ? 422 : 200);
}

async function show(c: Context<WebEnv>, ports: PortsOf, { priced, ...shown }: Shown & Priced) {
  const { document } = priced.draft;
  const market = (await ports(c).drafting.markets()).find((one) => one.marketId === document.marketId);
  const country = shown.values["country"] ?? document.country;
  const payments = paymentOptions(ports(c).paymentProviders);
  const model = {
    ...shown,
    priced,
    payments,
    currency: document.currency,
    country,
    countries: COUNTRIES,
    ...(market ? { market } : {}),
  };
  return htmlPage(c, <DraftPage {...model} />, shown.errors.length > 0 ? 422 : 200);
}

/** The draft as it stands, with one sentence about why nothing was done. */
async function again(c: Context<WebEnv>, ports: PortsOf, message: string): Promise<Response> {
  const priced = await find(c, ports);
  return priced
    ? show(c, ports, { priced, values: valuesOf(priced), errors: [{ field: "sku-0", message }] })
    : notHere(c);
}

async function create(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { drafting } = ports(c);
  const { document } = await newIn(c, ports, form.value["market"]);
  const read = await readDraftForm(drafting, form.value, document);
  if (!read.ok) return showNew(c, ports, { values: form.value, errors: read.refusal.errors });
  const created = await createStaffDraft(drafting, { document: read.value, actor: callOf(c).actor });
  return c.redirect(`/admin/drafts/${created.draft.draftId}?saved`, 303);
}

async function save(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { drafting } = ports(c);
  const priced = await find(c, ports);
  const at = claimOf(c, form.value);
  if (!priced || !at) return notHere(c);
  const read = await readDraftForm(drafting, form.value, priced.draft.document);
  if (!read.ok) return show(c, ports, { priced, values: form.value, errors: read.refusal.errors });
  const changed = await changeStaffDraft(drafting, { ...at, document: read.value });
  if (!changed.ok)
    return show(c, ports, {
      priced,
      values: form.value,
      errors: [{ field: "sku-0", message: draftSentence(changed.refusal) }],
    });
  return c.redirect(`/admin/drafts/${at.draftId}?saved`, 303);
}

async function place(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { drafting } = ports(c);
  const priced = await find(c, ports);
  const at = claimOf(c, form.value);
  if (!priced || !at) return notHere(c);
  const chosen = await chooseDelivery(ports, c, { priced, at, methodId: form.value["deliveryMethodId"] });
  if (typeof chosen === "string") return again(c, ports, chosen);
  const { origin } = new URL(c.req.url);
  const payment = choosePayment(ports(c).paymentProviders, form.value["payment"], origin);
  if (!payment) return again(c, ports, "This way to pay is not offered any more. Choose another one.");
  const placed = await placeStaffDraft(
    drafting,
    { ...at, expectedVersion: chosen.version, payment },
    callOf(c),
  );
  return placed.ok
    ? c.redirect(`/admin/orders/${placed.value.orderId}`, 303)
    : again(c, ports, draftSentence(placed.refusal));
}

/** The way of delivery is chosen with the button; another one than before is saved first. */
async function chooseDelivery(
  ports: PortsOf,
  c: Context<WebEnv>,
  choice: {
    readonly priced: PricedStaffDraft;
    readonly at: { readonly draftId: StaffDraftId; readonly expectedVersion: number };
    readonly methodId: string | undefined;
  },
): Promise<{ readonly version: number } | string> {
  const { priced, at, methodId } = choice;
  const { draft } = priced;
  const isKept =
    methodId === undefined ||
    methodId === (draft.document.deliveryMethodId ?? priced.order.delivery.methodId);
  if (isKept || draft.status !== "open") return { version: at.expectedVersion };
  const document = { ...draft.document, deliveryMethodId: methodId };
  const changed = await changeStaffDraft(ports(c).drafting, { ...at, document });
  return changed.ok ? { version: changed.value.draft.version } : draftSentence(changed.refusal);
}

/** What the form shows of a draft. */
function valuesOf({ draft, order }: PricedStaffDraft): FormFields {
  const { document } = draft;
  const amount = (minor: number): string => toDecimal(money(currency(document.currency), minor));
  const rows = document.lines
    .slice(0, DRAFT_ROWS)
    .flatMap((line, row) => [
      [`sku-${row}`, order.lines.find(({ lineId }) => lineId === line.lineId)?.sku ?? ""],
      [`units-${row}`, String(line.quantity)],
      ...(line.unitPriceMinor === undefined ? [] : [[`price-${row}`, amount(line.unitPriceMinor)]]),
    ]);
  const address = Object.entries(document.address ?? {}).map(([name, value]) => [`address-${name}`, value]);
  return Object.fromEntries([
    ...rows,
    ...address,
    ["email", document.email ?? ""],
    ["country", document.country],
    ["note", document.note ?? ""],
    ["discountLabel", document.discount?.label ?? ""],
    ["discountAmount", document.discount ? amount(document.discount.amountMinor) : ""],
  ]) as FormFields;
}
