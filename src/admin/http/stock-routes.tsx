import { Hono, type Context } from "hono";
import { adjustStock, DEFAULT_LOCATION, readLevel, type Adjustment } from "#inventory";
import { epochMs, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { StockListPage, StockPage, type AdjustForm, type StockPageModel } from "../pages/stock-pages.tsx";
import { AVAILABILITIES, MOVEMENT_WORDS } from "../pages/words.ts";
import { createLocationPages } from "./location-routes.tsx";
import { callOf, cursored, listHref, paged, queryText, queryWord, type PortsOf } from "./support.ts";
import { createTransferPages } from "./transfer-routes.tsx";

const MAX_SKU_CHARACTERS = 64;
const JOURNAL_PAGE = 25;
const KINDS = [
  "received",
  "counted",
  "adjusted",
  "returned",
  "damaged",
  "repaired",
  "scrapped",
] as const satisfies readonly Adjustment["kind"][];

/** Stock for staff: the list, one SKU with its journal and the form that changes it, transfers and locations. */
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
  app.route("/", createTransferPages(ports));
  app.route("/", createLocationPages(ports));
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
  location: DEFAULT_LOCATION,
  quantity: "",
  reason: "",
  adjustmentId: mintId("adj", epochMs(Date.now())),
});
const formOf = (fields: FormFields): AdjustForm => ({
  kind: fields["kind"] ?? "",
  location: fields["location"] ?? DEFAULT_LOCATION,
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
  const { stockDesk, stock, timeZone } = ports(c);
  const before = Number(c.req.query("before"));
  const page = { limit: JOURNAL_PAGE, ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}) };
  const object = stock.getByName(sku);
  const [level, journal, open, { locations }] = await Promise.all([
    readLevel(stockDesk, sku),
    object.journal(page),
    object.open(),
    stockDesk.locations.list(),
  ]);
  if (!level.ok) return htmlPage(c, <NotHerePage what="SKU" backHref="/admin/stock" />, 404);
  const last = journal.at(-1);
  const moreHref =
    journal.length === JOURNAL_PAGE && last
      ? listHref(c, { before: String(last.sequence), recorded: undefined })
      : undefined;
  const kind = c.req.query("recorded");
  const notice = KINDS.find((known) => known === kind);
  const view = (
    <StockPage
      level={level.value}
      locations={locations}
      open={open}
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
  const { location, reason } = form;
  const adjustment = { sku, adjustmentId, kind, quantity, location, reason };
  const result = await adjustStock(ports(c).stockDesk, adjustment, callOf(c));
  if (result.ok) return c.redirect(`/admin/stock/${encodeURIComponent(sku)}?recorded=${kind}`, 303);
  if (result.refusal.code === "location_unknown")
    return showStock(c, ports, { form, errors: [{ field: "location", message: "Select a location." }] });
  const message =
    result.refusal.code === "invalid_quantity"
      ? result.refusal.detail
      : "The level changed meanwhile. Look at it and send the form again.";
  return showStock(c, ports, { form, errors: [{ field: "quantity", message }] });
}
