import { Hono, type Context } from "hono";
import type { Adjustment } from "#inventory";
import { epochMs, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { StockListPage, StockPage, type AdjustForm, type StockPageModel } from "../pages/stock-pages.tsx";
import { AVAILABILITIES, MOVEMENT_WORDS } from "../pages/words.ts";
import { callOf, cursored, listHref, paged, queryText, queryWord, type PortsOf } from "./support.ts";

const MAX_SKU_CHARACTERS = 64;
const JOURNAL_PAGE = 25;
const KINDS = [
  "received",
  "counted",
  "adjusted",
  "returned",
  "damaged",
] as const satisfies readonly Adjustment["kind"][];

/** Stock for staff: the list, one SKU with its journal, and the form that changes it. */
export function createStockPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/stock", async (c) => {
    const { stockLevels, timeZone } = ports(c);
    const availability = queryWord(c, "availability", AVAILABILITIES);
    const search = queryText(c, "q");
    const filter = search ? { skuPrefix: search } : availability ? { availability } : {};
    const answer = await stockLevels.list({ ...cursored(c), ...filter });
    return htmlPage(
      c,
      <StockListPage {...paged(c, answer)} search={search} availability={availability} timeZone={timeZone} />,
    );
  });
  app.get("/stock/:sku", (c) => showStock(c, ports, {}));
  app.post("/stock/:sku", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    return adjust(c, ports, formOf(form.value));
  });
  return app;
}

type Shown = { readonly form?: AdjustForm; readonly errors?: StockPageModel["errors"] };

const emptyForm = (): AdjustForm => ({
  kind: "received",
  quantity: "",
  reason: "",
  adjustmentId: mintId("adj", epochMs(Date.now())),
});
const formOf = (fields: FormFields): AdjustForm => ({
  kind: fields["kind"] ?? "",
  quantity: (fields["quantity"] ?? "").trim(),
  reason: (fields["reason"] ?? "").trim(),
  adjustmentId: (fields["adjustmentId"] ?? "").slice(0, 200),
});

async function showStock(
  c: Context<WebEnv, "/stock/:sku">,
  ports: PortsOf,
  { form = emptyForm(), errors = [] }: Shown,
): Promise<Response> {
  const sku = c.req.param("sku").trim();
  if (sku === "" || sku.length > MAX_SKU_CHARACTERS)
    return htmlPage(c, <NotHerePage what="SKU" backHref="/admin/stock" />, 404);
  const { stock, timeZone } = ports(c);
  const before = Number(c.req.query("before"));
  const page = { limit: JOURNAL_PAGE, ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}) };
  const [level, journal] = await Promise.all([
    stock.getByName(sku).level(),
    stock.getByName(sku).journal(page),
  ]);
  const last = journal.at(-1);
  const moreHref =
    journal.length === JOURNAL_PAGE && last
      ? listHref(c, { before: String(last.sequence), recorded: undefined })
      : undefined;
  const kind = c.req.query("recorded");
  const notice = KINDS.find((known) => known === kind);
  const view = (
    <StockPage
      level={level}
      journal={journal}
      moreHref={moreHref}
      form={form}
      errors={errors}
      notice={notice && `${MOVEMENT_WORDS[notice]}: recorded.`}
      timeZone={timeZone}
    />
  );
  return htmlPage(c, view, errors.length > 0 ? 422 : 200);
}

async function adjust(
  c: Context<WebEnv, "/stock/:sku">,
  ports: PortsOf,
  form: AdjustForm,
): Promise<Response> {
  const kind = KINDS.find((known) => known === form.kind);
  const quantity = /^[+-]?\d{1,7}$/.test(form.quantity) ? Number(form.quantity) : undefined;
  const errors = [
    ...(quantity === undefined ? [{ field: "quantity", message: "Enter a whole number of units." }] : []),
    ...(form.reason === ""
      ? [{ field: "reason", message: "Enter the reason, as the journal should say it." }]
      : []),
    ...(kind === undefined ? [{ field: "kind", message: "Select what happened." }] : []),
  ];
  if (errors.length > 0 || quantity === undefined || kind === undefined)
    return showStock(c, ports, { form, errors });
  const sku = c.req.param("sku").trim();
  const adjustmentId = form.adjustmentId || mintId("adj", epochMs(Date.now()));
  const result = await ports(c)
    .stock.getByName(sku)
    .adjust({ adjustmentId, kind, quantity, reason: form.reason }, callOf(c));
  if (result.ok) return c.redirect(`/admin/stock/${encodeURIComponent(sku)}?recorded=${kind}`, 303);
  const message =
    result.refusal.code === "invalid_quantity"
      ? result.refusal.detail
      : "The level changed meanwhile. Look at it and send the form again.";
  return showStock(c, ports, { form, errors: [{ field: "quantity", message }] });
}
