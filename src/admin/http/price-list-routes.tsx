import { Hono, type Context } from "hono";
import type { PriceDeskRefusal, StoredPriceList } from "#pricing";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { NewPriceListPage, PriceListPage, PriceListsPage } from "../pages/price-list-pages.tsx";
import { LIST_STATUSES } from "../pages/price-words.ts";
import { readVersion } from "./form-figures.ts";
import type { Values } from "./form-rows.ts";
import {
  entryMistakes,
  LIST_FIELDS,
  listFormOf,
  mistakesAt,
  NEW_LIST,
  readEntryForm,
  readListForm,
  type FormMistake,
} from "./price-list-form.ts";
import { cursored, listHref, paged, queryWord, type PortsOf } from "./support.ts";

const NOTICES = {
  saved: "Saved.",
  added: "The price is in the list.",
  removed: "The price is out.",
} as const;
const NEW_ENTRY: Values = { minQuantity: "1" };

type ListContext = Context<WebEnv, "/price-lists/:listId">;
type Status = 200 | 409 | 422;
type Shown = {
  readonly values?: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly entryValues?: Values;
  readonly entryMistakes?: readonly FormMistake[];
  readonly status?: Status;
};

/** Price lists for staff: all of them, new ones, and one with its prices. */
export function createPriceListPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/price-lists", async (c) => {
    const { prices, timeZone } = ports(c);
    const status = queryWord(c, "status", LIST_STATUSES);
    const [answer, markets] = await Promise.all([
      prices.lists({ ...cursored(c), ...(status ? { status } : {}) }),
      prices.markets(),
    ]);
    const view = { status, markets: markets.map(({ market }) => market), timeZone, nowMs: Date.now() };
    return htmlPage(c, <PriceListsPage {...paged(c, answer)} {...view} />);
  });
  app.get("/price-lists/new", (c) => showNew(c, ports, {}));
  app.post("/price-lists/new", async (c) => {
    const form = await readForm(c);
    return form.ok ? create(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  app.get("/price-lists/:listId", (c) => showList(c, ports, {}));
  app.post("/price-lists/:listId", async (c) => {
    const form = await readForm(c);
    return form.ok ? change(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

const marketsOf = async (c: Context<WebEnv>, ports: PortsOf) =>
  (await ports(c).prices.markets()).map(({ market }) => market);

async function showNew(
  c: Context<WebEnv>,
  ports: PortsOf,
  { values = NEW_LIST, mistakes = [], status = 200 }: Shown,
): Promise<Response> {
  const markets = await marketsOf(c, ports);
  return htmlPage(c, <NewPriceListPage form={{ values, mistakes }} markets={markets} />, status);
}

async function create(c: Context<WebEnv>, ports: PortsOf, values: Values): Promise<Response> {
  const { prices, priceInputs, timeZone } = ports(c);
  const read = readListForm(values, { inputs: priceInputs, timeZone });
  if (!read.ok) return showNew(c, ports, { values, mistakes: read.mistakes, status: 422 });
  const saved = await prices.saveList(read.value, 0);
  if (saved.ok) return c.redirect(`/admin/price-lists/${saved.value.list.listId}?done=saved`, 303);
  if (saved.refusal.code === "version_conflict") {
    const taken = { field: "listId", message: "There is a price list with this key. Choose another one." };
    return showNew(c, ports, { values, mistakes: [taken], status: 409 });
  }
  return showNew(c, ports, { values, mistakes: listMistakes(saved.refusal), status: 422 });
}

async function showList(c: ListContext, ports: PortsOf, shown: Shown): Promise<Response> {
  const listId = c.req.param("listId");
  const { prices, timeZone, shopCurrency } = ports(c);
  const [found, entries, markets] = await Promise.all([
    prices.list(listId),
    prices.entries(listId, cursored(c)),
    marketsOf(c, ports),
  ]);
  if (!found.ok) return htmlPage(c, <NotHerePage what="price list" backHref="/admin/price-lists" />, 404);
  const { status = 200 } = shown;
  const done = status === 200 ? queryWord(c, "done", ["saved", "added", "removed"]) : undefined;
  const model = {
    stored: found.value,
    form: { values: shown.values ?? listFormOf(found.value, timeZone), mistakes: shown.mistakes ?? [] },
    entryForm: { values: shown.entryValues ?? NEW_ENTRY, mistakes: shown.entryMistakes ?? [] },
    markets,
    currency: currencyOf(found.value, markets, shopCurrency),
    notice: done && NOTICES[done],
    nowMs: Date.now(),
  };
  return htmlPage(c, <PriceListPage {...paged(c, entries)} {...model} />, status);
}

/** What the amounts of a list are typed in: its own currency, its market's, else the shop's. */
const currencyOf = (
  { list }: StoredPriceList,
  markets: Awaited<ReturnType<typeof marketsOf>>,
  shopCurrency: string,
): string =>
  list.currency ?? markets.find((market) => market.marketId === list.marketId)?.currency ?? shopCurrency;

async function change(c: ListContext, ports: PortsOf, values: Values): Promise<Response> {
  switch (values["do"]) {
    case "add":
      return addEntry(c, ports, values);
    case "remove": {
      const minQuantity = Number(values["minQuantity"]);
      const what = { variantId: values["variantId"] ?? "", minQuantity };
      // One that is gone already is what was wanted.
      await ports(c).prices.removeEntries(c.req.param("listId"), what);
      return c.redirect(listHref(c, { done: "removed" }), 303);
    }
    default:
      return save(c, ports, { ...values, listId: c.req.param("listId") });
  }
}

async function save(c: ListContext, ports: PortsOf, values: Values): Promise<Response> {
  const { prices, priceInputs, timeZone } = ports(c);
  const known = await prices.list(c.req.param("listId"));
  if (!known.ok) return showList(c, ports, {});
  const read = readListForm(values, { inputs: priceInputs, timeZone });
  if (!read.ok) return showList(c, ports, { values, mistakes: read.mistakes, status: 422 });
  const saved = await prices.saveList(read.value, readVersion(values));
  if (saved.ok) return c.redirect(listHref(c, { done: "saved" }), 303);
  if (saved.refusal.code === "version_conflict") {
    const message =
      "The list changed meanwhile. What you typed is still here: look at the list in another window, then save again.";
    const next = { ...values, version: String(saved.refusal.version) };
    return showList(c, ports, { values: next, mistakes: [{ field: "title", message }], status: 409 });
  }
  return showList(c, ports, { values, mistakes: listMistakes(saved.refusal), status: 422 });
}

async function addEntry(c: ListContext, ports: PortsOf, values: Values): Promise<Response> {
  const { prices, priceInputs, shopCurrency } = ports(c);
  const listId = c.req.param("listId");
  const [found, markets] = await Promise.all([prices.list(listId), marketsOf(c, ports)]);
  if (!found.ok) return showList(c, ports, {});
  const code = currencyOf(found.value, markets, shopCurrency);
  const read = readEntryForm(values, { inputs: priceInputs, currency: code });
  const wrong = (mistakes: readonly FormMistake[]) =>
    showList(c, ports, { entryValues: values, entryMistakes: mistakes, status: 422 });
  if (!read.ok) return wrong(read.mistakes);
  const put = await prices.putEntries(listId, [read.value]);
  if (put.ok) return c.redirect(listHref(c, { done: "added" }), 303);
  return put.refusal.code === "invalid_terms"
    ? wrong(entryMistakes(put.refusal.mistakes))
    : showList(c, ports, {});
}

const listMistakes = (refusal: PriceDeskRefusal): readonly FormMistake[] =>
  refusal.code === "invalid_terms"
    ? mistakesAt(refusal.mistakes, LIST_FIELDS, "title")
    : [{ field: "title", message: "The list is not there any more." }];
