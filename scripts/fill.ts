import { appendFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadCatalogue } from "../bench/catalogue/load.ts";
import { generateCatalogue, type Catalogue } from "../bench/catalogue/products.ts";
import { dataFolder, readArticles } from "../bench/catalogue/rows.ts";
import { DEMO_SECRETS } from "./lib/demo-secrets.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { startShop } from "./lib/shop.ts";

const HELP = `npm run fill -- [options]     generate a large catalogue and load it into a shop

  --size N      products (1000); a smaller catalogue is the beginning of a larger one
  --seed N      decides everything (1)
  --url URL     a running shop; its products are sold out until somebody counts them
  --state DIR   the state of a shop that is not running; with levels for its lists, without stock objects
  --out FILE    writes the products as JSONL instead
  --token T     the shop's API token (ADMIN_API_TOKEN; the demo shop's)

Words and prices come from ${dataFolder()} (KERBSIDE_DATA); without it they are made up.`;

const PROGRESS_EVERY = 5_000;

async function fill(): Promise<number> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      url: { type: "string" },
      state: { type: "string" },
      out: { type: "string" },
      token: { type: "string", default: process.env["ADMIN_API_TOKEN"] ?? DEMO_SECRETS.ADMIN_API_TOKEN },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { url, state, out, token } = values;
  if (values.help || [url, state, out].filter((target) => target !== undefined).length !== 1) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const catalogue = generateCatalogue(readArticles(), {
    seed: wholeNumber("seed", values.seed),
    size: wholeNumber("size", values.size),
  });
  console.log(catalogue.source);
  if (out !== undefined) return writeProducts(catalogue, out);
  if (url !== undefined) return report(catalogue, { shopUrl: url, adminToken: token });
  const shop = await startShop({ cronSeconds: 0, ...(state === undefined ? {} : { stateFolder: state }) });
  try {
    const db = await shop.shop.getD1Database("DB", "kerbside-storefront");
    return await report(catalogue, { shopUrl: shop.url, adminToken: shop.adminToken, db });
  } finally {
    await shop.stop();
  }
}

async function report(catalogue: Catalogue, target: Parameters<typeof loadCatalogue>[1]): Promise<number> {
  const onProgress = (products: number): void => {
    if (products % PROGRESS_EVERY === 0) console.log(`${products} products`);
  };
  const { products, refused, variants, seconds } = await loadCatalogue(catalogue, { ...target, onProgress });
  console.log(
    `${products} products (${refused} refused) and ${variants} variants in ${Math.round(seconds)} s: ${Math.round(products / seconds)} a second.`,
  );
  return refused === 0 ? 0 : 1;
}

const LINES_AT_ONCE = 1_000;

function writeProducts({ products }: Catalogue, file: string): number {
  writeFileSync(file, "");
  let lines: string[] = [];
  for (const { input } of products) {
    if (lines.push(`${JSON.stringify(input)}\n`) < LINES_AT_ONCE) continue;
    appendFileSync(file, lines.join(""));
    lines = [];
  }
  appendFileSync(file, lines.join(""));
  return 0;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Mendable(`--${name} takes a whole number; it is ${text}.`);
  return Number(text);
}

await runTask(fill);
// Miniflare leaves timers behind after `stop`.
process.exit();
