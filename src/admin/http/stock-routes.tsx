import { Hono, type Context } from "hono";
import {
  adjustStock,
  DEFAULT_LOCATION,
  readLevel,
  type Adjustment,
  type DeskRefusal,
  type StockRefusal,
} from "#inventory";
import { epochMs, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { StockListPage } from "../pages/stock-list-page.tsx";
import { StockPage, type AdjustForm, type StockPageModel } from "../pages/stock-pages.tsx";
import { AVAILABILITIES, MOVEMENT_WORDS } from "../pages/words.ts";
import { createAnnouncePages } from "./announce-routes.tsx";
import { createLocationPages } from "./location-routes.tsx";
import { createSellingPages } from "./selling-routes.tsx";
import { callOf, cursored, listHref, paged, queryText, queryWord, type PortsOf } from "./support.ts";
import { createTransferPages } from "./transfer-routes.tsx";

const MAX_SKU_CHARACTERS = 64;
const JOURNAL_PAGE = 25;
const HOLDS_PAGE = 25;
const MAX_ID_CHARACTERS = 200;
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
  app.route("/", createSellingPages(ports));
  app.route("/", createAnnouncePages(ports));
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
  announcementId: "",
  version: "",
});
const formOf = (fields: FormFields): AdjustForm => ({
  kind: fields["kind"] ?? "",
  location: fields["location"] ?? DEFAULT_LOCATION,
  quantity: (fields["quantity"] ?? "").trim(),
  reason: (fields["reason"] ?? "").trim(),
  adjustmentId: (fields["adjustmentId"] ?? "").slice(0, MAX_ID_CHARACTERS),
  announcementId: (fields["announcementId"] ?? "").slice(0, MAX_ID_CHARACTERS),
  version: fields["version"] ?? "",
});

/** What a link onwards leaves behind: the news of the form that was just sent. */
const stale = { recorded: undefined, announced: undefined };

const holdsHref = (c: Context, cursor: string | undefined): string =>
  `${listHref(c, { ...stale, holds: cursor })}#held`;

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
  const holdsFrom = c.req.query("holds");
  const [level, journal, open, held, { locations }, bundle] = await Promise.all([
    readLevel(stockDesk, sku),
    object.journal(page),
    object.open(),
    object.holds({ limit: HOLDS_PAGE, ...(holdsFrom === undefined ? {} : { cursor: holdsFrom }) }),
    stockDesk.locations.list(),
    stockDesk.bundles.find(sku),
  ]);
  if (!level.ok) return htmlPage(c, <NotHerePage what="SKU" backHref="/admin/stock" />, 404);
  const last = journal.at(-1);
  const moreHref =
    journal.length === JOURNAL_PAGE && last
      ? listHref(c, { ...stale, before: String(last.sequence) })
      : undefined;
  const kind = c.req.query("recorded");
  const notice = KINDS.find((known) => known === kind);
  const said = c.req.query("announced") === undefined ? undefined : "The announcement is saved.";
  const view = (
    <StockPage
      level={level.value}
      bundle={bundle}
      locations={locations}
      open={open}
      held={{
        holds: held.ok ? held.value.items : [],
        moreHref: held.ok && held.value.nextCursor ? holdsHref(c, held.value.nextCursor) : undefined,
        firstHref: holdsFrom === undefined ? undefined : holdsHref(c, undefined),
      }}
      journal={journal}
      moreHref={moreHref}
      form={{ ...form, version: String(level.value.version) }}
      errors={errors}
      notice={notice ? `${MOVEMENT_WORDS[notice]}: recorded.` : said}
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
  const { location, reason, announcementId } = form;
  // Only a count says what is there; everything else says what has changed, which is right whatever else moved.
  const seen = kind === "counted" && /^\d{1,15}$/.test(form.version) ? Number(form.version) : undefined;
  const adjustment = {
    ...{ sku, adjustmentId, kind, quantity, location, reason },
    ...(kind === "received" && announcementId !== "" ? { announcementId } : {}),
    ...(seen === undefined ? {} : { expectedVersion: seen }),
  };
  const result = await adjustStock(ports(c).stockDesk, adjustment, callOf(c));
  if (result.ok) return c.redirect(`/admin/stock/${encodeURIComponent(sku)}?recorded=${kind}`, 303);
  return showStock(c, ports, { form, errors: [errorOf(result.refusal)] });
}

function errorOf(refusal: DeskRefusal | StockRefusal): StockPageModel["errors"][number] {
  switch (refusal.code) {
    case "location_unknown":
    case "invalid_location":
      return { field: "location", message: "Select a location." };
    case "version_conflict":
      return {
        field: "quantity",
        message: "Units have moved since this page was opened. Look at the level and send the count again.",
      };
    default:
      return {
        field: "quantity",
        message: "detail" in refusal ? refusal.detail : "The stock cannot be changed like this.",
      };
  }
}
