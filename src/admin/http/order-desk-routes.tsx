import { Hono, type Context } from "hono";
import { currency, isId, parseDecimalMinor, type OrderId } from "#kernel";
import type { LineQuantity, OrderAnswer, OrderRpc, OrderView, ReturnReceipt } from "#orders";
import { answerProblem, readForm, type FormFields, type WebEnv } from "#web";
import { callOf, type PortsOf } from "./support.ts";
import { refusalSentence } from "./order-refusals.ts";

/** How a form of the order page ends: with the order as it is now, or with a sentence that says what to mend. */
export type ShowOrder = (
  c: Context<WebEnv>,
  orderId: OrderId,
  notice?: { readonly tone: "good" | "error"; readonly text: string },
) => Promise<Response>;

type Desk = {
  readonly stub: OrderRpc;
  readonly form: FormFields;
  readonly call: ReturnType<typeof callOf>;
  /** The id that the page made for this form: a second click repeats it. */
  readonly formId: string;
};
type Act = (c: Context<WebEnv>, desk: Desk) => Promise<OrderAnswer | { readonly mistake: string }>;

const mistake = (text: string) => ({ mistake: text });
const MAX_FORM_ID_CHARACTERS = 64;

/** What staff do with one order. Every form may be sent twice. */
export function createOrderDeskRoutes(ports: PortsOf, show: ShowOrder): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const handle = (route: string, act: Act): void => {
    app.post(`/orders/:id${route}`, (c) => perform(c, { ports, show, act }));
  };
  handle("/cancel", (_c, { stub, form, call }) =>
    stub.cancel({ reason: words(form, "reason") || "cancelled_by_staff", by: "staff" }, call),
  );
  handle("/refunds", refund);
  handle("/notes", (_c, { stub, form, call, formId }) => {
    const text = words(form, "text");
    return text === ""
      ? Promise.resolve(mistake("Write the note first."))
      : stub.addNote({ noteId: formId, text }, call);
  });
  handle("/tags", (_c, { stub, form, call }) =>
    stub.setTags(
      {
        tags: words(form, "tags")
          .split(",")
          .map((tag) => tag.trim())
          .filter(Boolean),
      },
      call,
    ),
  );
  handle("/capture", (_c, { stub, call }) => stub.retryCapture(call));
  handle("/settle", (_c, { stub, form, call }) => {
    const reference = words(form, "reference");
    return reference === ""
      ? Promise.resolve(mistake("Enter the reference of the payment."))
      : stub.settleManually({ reference, ...partOf(form) }, call);
  });
  handle("/attention/clear", (_c, { stub, form, call }) =>
    stub.clearAttention({ code: words(form, "code"), reference: words(form, "reference") }, call),
  );
  handle("/edit/abandon", (_c, { stub, form, call }) =>
    stub.abandonEdit({ editId: words(form, "editId"), reason: "abandoned_by_staff" }, call),
  );
  addReturnForms(handle);
  return app;
}

function addReturnForms(handle: (route: string, act: Act) => void): void {
  handle("/returns", requestReturn);
  handle("/returns/:returnId/decide", (c, { stub, form, call }) => {
    const returnId = c.req.param("returnId") ?? "";
    return words(form, "decision") === "decline"
      ? stub.declineReturn({ returnId, reason: words(form, "reason") || "declined_by_staff" }, call)
      : stub.approveReturn({ returnId }, call);
  });
  handle("/returns/:returnId/receipts", receive);
  handle("/returns/:returnId/close", closeReturn);
}

async function perform(
  c: Context<WebEnv>,
  { ports, show, act }: { readonly ports: PortsOf; readonly show: ShowOrder; readonly act: Act },
): Promise<Response> {
  const id = c.req.param("id");
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  if (!isId("ord", id)) return c.redirect("/admin/orders", 303);
  const formId = words(form.value, "formId").slice(0, MAX_FORM_ID_CHARACTERS);
  const desk = { stub: ports(c).orderDesk.getByName(id), form: form.value, call: callOf(c), formId };
  if (formId === "") return show(c, id, { tone: "error", text: "Open the order again, then repeat." });
  const result = await act(c, desk);
  if ("mistake" in result) return show(c, id, { tone: "error", text: result.mistake });
  if (!result.ok) return show(c, id, { tone: "error", text: refusalSentence(result.refusal) });
  return c.redirect(`/admin/orders/${id}`, 303);
}

const refund: Act = async (_c, { stub, form, call, formId }) => {
  const order = await stub.view();
  if (!order.ok) return order;
  const amountMinor = amountOf(order.value, words(form, "amount"));
  const reason = words(form, "reason");
  if (amountMinor === undefined || amountMinor <= 0) return mistake("Enter an amount such as 12.50.");
  if (reason === "") return mistake("Say why the money goes back.");
  return stub.refund({ refundId: formId, amountMinor, reason }, call);
};

const requestReturn: Act = async (_c, { stub, form, call, formId }) => {
  const lines = quantities(form, "quantity-");
  const reason = words(form, "reason");
  if (lines === undefined) return mistake("Quantities are whole numbers.");
  if (lines.length === 0) return mistake("Say how many units come back.");
  if (reason === "") return mistake("Say why they come back.");
  const wish = words(form, "wish") === "exchange" ? "exchange" : "refund";
  return stub.requestReturn({ returnId: formId, by: "staff", wish, reason, lines }, call);
};

const receive: Act = async (c, { stub, form, call, formId }) => {
  const restocked = quantities(form, "restock-");
  const scrapped = quantities(form, "scrap-");
  if (!restocked || !scrapped) return mistake("Quantities are whole numbers.");
  const lines: ReturnReceipt["lines"] = [
    ...restocked.map((line) => ({ ...line, condition: "restock" as const })),
    ...scrapped.map((line) => ({ ...line, condition: "scrap" as const })),
  ];
  if (lines.length === 0) return mistake("Say how many units came back.");
  return stub.receiveReturn({ returnId: c.req.param("returnId") ?? "", receiptId: formId, lines }, call);
};

const closeReturn: Act = async (c, { stub, form, call }) => {
  const order = await stub.view();
  if (!order.ok) return order;
  const typed = words(form, "amount");
  const refundMinor = typed === "" ? undefined : amountOf(order.value, typed);
  if (typed !== "" && (refundMinor === undefined || refundMinor < 0))
    return mistake("Enter an amount such as 12.50.");
  const returnId = c.req.param("returnId") ?? "";
  return stub.closeReturn({ returnId, ...(refundMinor === undefined ? {} : { refundMinor }) }, call);
};

/** The edit whose difference came; absent for the order itself. */
const partOf = (form: FormFields): { readonly part?: number } => {
  const part = words(form, "part");
  return /^\d{1,6}$/.test(part) ? { part: Number(part) } : {};
};

const words = (form: FormFields, name: string): string => (form[name] ?? "").trim();

const amountOf = (order: OrderView, text: string): number | undefined =>
  parseDecimalMinor(text.replace(",", "."), currency(order.draft.currency));

/** The fields of one kind that say more than 0; `undefined` when one is not a whole number. */
function quantities(form: FormFields, prefix: string): LineQuantity[] | undefined {
  const lines: LineQuantity[] = [];
  for (const [name, value] of Object.entries(form)) {
    if (!name.startsWith(prefix)) continue;
    if (!/^\s*\d{0,6}\s*$/.test(value)) return undefined;
    if (Number(value) > 0) lines.push({ lineId: name.slice(prefix.length), quantity: Number(value) });
  }
  return lines;
}
