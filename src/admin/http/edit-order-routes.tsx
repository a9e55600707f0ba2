import { Hono, type Context } from "hono";
import { epochMs, isId, mintId, refuse, type Result } from "#kernel";
import {
  parseAddress,
  repriceOrder,
  repriceRequest,
  type AddressField,
  type OrderChanges,
  type RepriceRefusal,
} from "#checkout";
import type { EditRequest, OrderDraft, OrderView } from "#orders";
import { answerProblem, htmlPage, readForm, type FormFields, type SummaryError, type WebEnv } from "#web";
import { ADDED_ROWS, EditOrderPage, EditPreviewPage } from "../pages/edit-order-page.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { refusalSentence } from "./order-refusals.ts";
import { choosePayment, differenceOptions, type ChosenPayment } from "./payment-choice.ts";
import { callOf, type PortsOf } from "./support.ts";

const MAX_UNITS = 10_000;
const WHOLE_NUMBER = /^\d{1,5}$/;

/** Edits of a placed order: form, preview, apply. What the preview showed is what is applied, or it is shown again. */
export function createEditOrderPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/orders/:id/edit", async (c) => {
    const order = await orderOf(c, ports);
    if (!order) return notHere(c);
    const exchangeId = c.req.query("exchange");
    return showForm(c, ports, {
      order,
      values: initialValues(order),
      formId: mintId("req", epochMs(Date.now())),
      ...(exchangeId === undefined ? {} : { exchangeId }),
    });
  });
  app.post("/orders/:id/edit", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const order = await orderOf(c, ports);
    return order ? answerEdit(c, ports, { order, form: form.value }) : notHere(c);
  });
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="order" backHref="/admin/orders" />, 404);

async function orderOf(c: Context<WebEnv>, ports: PortsOf): Promise<OrderView | undefined> {
  const id = c.req.param("id");
  const view = isId("ord", id) ? await ports(c).orderDesk.getByName(id).view() : undefined;
  return view?.ok === true ? view.value : undefined;
}

type Sent = { readonly order: OrderView; readonly form: FormFields };

async function answerEdit(c: Context<WebEnv>, ports: PortsOf, sent: Sent): Promise<Response> {
  const { order, form } = sent;
  const show = (errors: readonly SummaryError[]) =>
    showForm(c, ports, { order, values: form, formId: form["formId"] ?? "", errors, ...exchangeOf(form) });
  if (form["apply"] === "no") return show([]);
  const priced = await reprice(c, ports, sent);
  if (!priced.ok) return show(priced.refusal.errors);
  const providers = ports(c).paymentProviders.filter((name) => name !== "cash_on_delivery");
  const payment = choosePayment(providers, form["provider"], new URL(c.req.url).origin);
  // Without any way to pay an edit that costs nothing is still possible; the order refuses the others.
  const request = editRequest(sent, priced.value, payment);
  const stub = ports(c).orderDesk.getByName(order.orderId);
  const isSeen = form["apply"] === "yes" && form["expectedTotal"] === String(priced.value.totalMinor);
  if (!isSeen) {
    const preview = await stub.proposeEdit(request);
    if (!preview.ok) return show([{ field: "reason", message: refusalSentence(preview.refusal) }]);
    const { apply: _apply, expectedTotal: _total, provider: _provider, ...values } = form;
    const model = {
      order,
      draft: priced.value,
      preview: preview.value,
      values,
      providers: differenceOptions(providers),
    };
    return htmlPage(c, <EditPreviewPage {...model} />);
  }
  const applied = await stub.applyEdit(request, callOf(c));
  if (!applied.ok) return show([{ field: "reason", message: refusalSentence(applied.refusal) }]);
  return c.redirect(`/admin/orders/${order.orderId}`, 303);
}

function editRequest({ order, form }: Sent, draft: OrderDraft, payment?: ChosenPayment): EditRequest {
  const { exchangeId } = exchangeOf(form);
  return {
    editId: (form["formId"] ?? "").slice(0, 64),
    expectedVersion: Number(form["version"] ?? 0),
    draft,
    reason: (form["reason"] ?? "").trim(),
    ...(payment ? { payment: { provider: payment.provider, choice: payment.choice(order.orderId) } } : {}),
    ...(exchangeId === undefined ? {} : { exchange: { returnId: exchangeId } }),
  };
}

const exchangeOf = (form: FormFields): { readonly exchangeId?: string } => {
  const exchangeId = form["exchangeId"];
  return exchangeId === undefined || exchangeId === "" ? {} : { exchangeId };
};

function initialValues({ draft }: OrderView): Record<string, string> {
  const lines = draft.lines.map((line) => [`quantity-${line.lineId}`, String(line.quantity)]);
  const { country: _country, ...address } = draft.address;
  const fields = Object.entries(address).map(([name, value]) => [`address-${name}`, value]);
  return {
    ...Object.fromEntries([...lines, ...fields]),
    deliveryMethodId: draft.delivery.methodId,
  } as Record<string, string>;
}

type Mistakes = { readonly code: "mistakes"; readonly errors: readonly SummaryError[] };

/** Reads the form, finds what is added, and prices the order as it shall be. */
async function reprice(
  c: Context<WebEnv>,
  ports: PortsOf,
  { order, form }: Sent,
): Promise<Result<OrderDraft, Mistakes>> {
  const { drafting } = ports(c);
  const errors: SummaryError[] = [];
  const quantities = quantitiesOf(order, form, errors);
  const additions = await additionsOf(c, ports, { order, form, errors });
  const address = addressOf(order, form, errors);
  if ((form["reason"] ?? "").trim() === "")
    errors.push({ field: "reason", message: "Say why the order is edited." });
  if (errors.length > 0) return refuse({ code: "mistakes", errors });
  const deliveryMethodId = form["deliveryMethodId"];
  const changes: OrderChanges = {
    quantities,
    additions,
    ...(address ? { address } : {}),
    ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
  };
  const truth = await drafting.prices.read(repriceRequest(order.draft, changes, drafting.shop));
  const priced = repriceOrder(order.draft, changes, { truth, now: drafting.wallClock(drafting.now()) });
  return priced.ok ? priced : refuse({ code: "mistakes", errors: [errorOf(priced.refusal)] });
}

function quantitiesOf(order: OrderView, form: FormFields, errors: SummaryError[]) {
  return order.draft.lines.flatMap(({ lineId, quantity }) => {
    const field = `quantity-${lineId}`;
    const text = (form[field] ?? String(quantity)).trim();
    if (!WHOLE_NUMBER.test(text))
      errors.push({ field, message: "Enter a whole number; 0 removes the item." });
    return Number(text) === quantity ? [] : [{ lineId, quantity: Number(text) }];
  });
}

async function additionsOf(
  c: Context<WebEnv>,
  ports: PortsOf,
  { order, form, errors }: Sent & { readonly errors: SummaryError[] },
): Promise<{ readonly lineId: string; readonly variantId: string; readonly quantity: number }[]> {
  const { drafting } = ports(c);
  const additions = [];
  for (let row = 0; row < ADDED_ROWS; row += 1) {
    const sku = (form[`sku-${row}`] ?? "").trim();
    if (sku === "") continue;
    const units = (form[`units-${row}`] ?? "").trim() || "1";
    const beside = { variantIds: [], country: order.draft.address.country };
    const variant = await drafting.prices.variantOfSku(sku, beside);
    if (!variant) errors.push({ field: `sku-${row}`, message: `No product is sold under ${sku}.` });
    if (!WHOLE_NUMBER.test(units) || Number(units) < 1 || Number(units) > MAX_UNITS)
      errors.push({ field: `units-${row}`, message: "Enter a whole number of units, at least 1." });
    // The same form gives the same line, so that a second click does not add twice.
    if (variant)
      additions.push({
        lineId: `lin_${(form["formId"] ?? "").slice(4, 30)}${row}`,
        variantId: variant.variantId,
        quantity: Number(units),
      });
  }
  return additions;
}

/** The address when it is another one than the order's. */
function addressOf(
  order: OrderView,
  form: FormFields,
  errors: SummaryError[],
): OrderDraft["address"] | undefined {
  const typed = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith("address-") && value.trim() !== ""
        ? [[name.slice("address-".length) as AddressField, value]]
        : [],
    ),
  );
  if (Object.keys(typed).length === 0) return undefined;
  const parsed = parseAddress(order.draft.address.country, typed);
  if (!parsed.ok) {
    errors.push(
      ...parsed.refusal.mistakes.map(({ field, detail }) => ({ field: `address-${field}`, message: detail })),
    );
    return undefined;
  }
  const isSame = JSON.stringify(sorted(parsed.value)) === JSON.stringify(sorted(order.draft.address));
  return isSame ? undefined : parsed.value;
}

const sorted = (address: OrderDraft["address"]) =>
  Object.entries(address).sort(([a], [b]) => (a < b ? -1 : 1));

function errorOf(refusal: RepriceRefusal): SummaryError {
  switch (refusal.code) {
    case "line_unknown":
      return { field: "reason", message: "An item is not part of this order any more. Open the form again." };
    case "variant_unknown":
      return { field: "sku-0", message: "An added item is not sold at the moment, or not in this currency." };
    case "delivery_unavailable":
      return { field: "deliveryMethodId", message: `There is no such delivery to ${refusal.country}.` };
    case "order_empty":
      return { field: "reason", message: "An order keeps at least one item; cancel it instead." };
  }
}

type Shown = {
  readonly order: OrderView;
  readonly values: Readonly<Record<string, string>>;
  readonly formId: string;
  readonly errors?: readonly SummaryError[];
  readonly exchangeId?: string;
};

async function showForm(c: Context<WebEnv>, ports: PortsOf, shown: Shown): Promise<Response> {
  const { draft } = shown.order;
  const { drafting } = ports(c);
  const { methods } = await drafting.prices.read({ variantIds: [], country: draft.address.country });
  const known = methods
    .filter(
      (method) =>
        method.isActive &&
        method.currency === draft.currency &&
        method.countries.includes(draft.address.country),
    )
    .map((method) => ({ value: method.methodId, label: method.name }));
  const current = { value: draft.delivery.methodId, label: `${draft.delivery.name} (as ordered)` };
  const options = [current, ...known.filter((method) => method.value !== current.value)];
  const { errors = [] } = shown;
  return htmlPage(
    c,
    <EditOrderPage {...shown} errors={errors} methods={options} />,
    errors.length > 0 ? 422 : 200,
  );
}
