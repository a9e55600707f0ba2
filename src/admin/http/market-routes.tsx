import { Hono, type Context } from "hono";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { MarketListPage, MarketPage } from "../pages/market-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import type { Difference } from "../pages/difference-table.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import type { Values } from "./form-rows.ts";
import { marketFormOf, marketMistakes, NEW_MARKET, readMarketForm } from "./market-form.ts";
import type { FormMistake } from "./price-list-form.ts";
import { queryWord, type PortsOf } from "./support.ts";

type Shown = {
  /** Absent for a new one. */
  readonly marketId: string | undefined;
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly status?: 200 | 409 | 422;
};

/** Markets for staff: all of them, new ones, and one to change. */
export function createMarketPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/markets", async (c) => {
    const markets = (await ports(c).prices.markets()).map(({ market }) => market);
    return htmlPage(c, <MarketListPage markets={markets} shopCurrency={ports(c).shopCurrency} />);
  });
  app.get("/markets/new", (c) => show(c, ports, { marketId: undefined, values: NEW_MARKET }));
  app.post("/markets/new", (c) => receive(c, ports, undefined));
  app.get("/markets/:marketId", async (c) => {
    const stored = await find(c, ports, c.req.param("marketId"));
    return stored
      ? show(c, ports, { marketId: stored.market.marketId, values: marketFormOf(stored) })
      : notHere(c);
  });
  app.post("/markets/:marketId", async (c) =>
    (await find(c, ports, c.req.param("marketId"))) ? receive(c, ports, c.req.param("marketId")) : notHere(c),
  );
  return app;
}

const find = async (c: Context<WebEnv>, ports: PortsOf, marketId: string) =>
  (await ports(c).prices.markets()).find(({ market }) => market.marketId === marketId);

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="market" backHref="/admin/markets" />, 404);

function show(
  c: Context<WebEnv>,
  ports: PortsOf,
  { marketId, values, mistakes = [], differences, status = 200 }: Shown,
): Response | Promise<Response> {
  const page = (
    <MarketPage
      marketId={marketId}
      form={{ values, mistakes }}
      differences={differences}
      shopCurrency={ports(c).shopCurrency}
      isSaved={status === 200 && queryWord(c, "done", ["saved"]) !== undefined}
    />
  );
  return htmlPage(c, page, status);
}

async function receive(c: Context<WebEnv>, ports: PortsOf, marketId: string | undefined): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { prices, priceInputs } = ports(c);
  const values = marketId === undefined ? form.value : { ...form.value, marketId };
  const read = readMarketForm(values, priceInputs);
  if (!read.ok) return show(c, ports, { marketId, values, mistakes: read.mistakes, status: 422 });
  const saved = await prices.saveMarket(read.value, marketId === undefined ? 0 : readVersion(values));
  if (saved.ok) return c.redirect(`/admin/markets/${saved.value.market.marketId}?done=saved`, 303);
  const { refusal } = saved;
  if (refusal.code !== "version_conflict") {
    const mistakes = marketMistakes(refusal.code === "invalid_terms" ? refusal.mistakes : []);
    return show(c, ports, { marketId, values, mistakes, status: 422 });
  }
  const now = marketId === undefined ? undefined : await find(c, ports, marketId);
  if (now) return show(c, ports, { marketId, ...overtaken(values, marketFormOf(now)) });
  const taken = { field: "marketId", message: "There is a market with this key. Choose another one." };
  return show(c, ports, { marketId, values, mistakes: [taken], status: 409 });
}
