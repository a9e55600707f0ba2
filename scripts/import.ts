import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import { IMPORT_POLICIES } from "../src/catalog-import/contract.ts";
import { MAX_FILE_BYTES } from "../src/catalog-import/domain/limits.ts";
import { DEMO_SECRETS } from "./lib/demo-secrets.ts";
import { Mendable } from "./lib/fail.ts";
import { createImportClient, type ImportClient, type ImportView } from "./lib/import-client.ts";
import { exitCodeOf, reportLines, summaryLines, type ExitCode } from "./lib/import-words.ts";
import { startShop, type RunningShop } from "./lib/shop.ts";

const HELP = `npm run import -- file.csv [options]      import a product file: a Shopify export, a table, or JSONL

  --policy P    ${IMPORT_POLICIES.join(" or ")} (reject-failed-rows)
  --url URL     the shop (http://localhost:8787; when nothing answers there, one is started for the import)
  --token T     the shop's API token (ADMIN_API_TOKEN; the demo shop's)
  --currency C  of the file's prices (the shop's)
  --mapping M   the file is a table that the saved mapping of this name reads
  --format F    shopify or jsonl (shopify)
  --state DIR   the state of a shop that is started (KERBSIDE_STATE; .state)

Exit code 0: all rows are in the shop. 1: rows were rejected, or it was cancelled. 2: it could not be done.`;

const DEFAULT_URL = "http://localhost:8787";
const POLL_MS = 250;
/** Milliseconds that a shop of our own stays after the import, so that most stock levels reach its lists; the rest does at its next start. */
const SETTLE_MS = 3_000;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        policy: { type: "string", default: "reject-failed-rows" },
        url: { type: "string" },
        token: { type: "string", default: process.env["ADMIN_API_TOKEN"] ?? DEMO_SECRETS.ADMIN_API_TOKEN },
        currency: { type: "string" },
        mapping: { type: "string" },
        format: { type: "string" },
        state: { type: "string", default: process.env["KERBSIDE_STATE"] ?? ".state" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const [file, ...more] = positionals;
    if (!values.help && (file === undefined || more.length > 0))
      throw new Mendable(`Name one file.\n\n${HELP}`);
    return { ...values, file: file ?? "" };
  } catch (error) {
    throw error instanceof Mendable
      ? error
      : new Mendable(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
type Arguments = ReturnType<typeof readArguments>;

/** Relative to where npm was called, which is not where its scripts run. */
async function readUpload(file: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; fileName: string }> {
  const path = resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Mendable(`There is no file ${path}.`);
  if (found.size > MAX_FILE_BYTES)
    throw new Mendable(`${path} has ${found.size} bytes; at most ${MAX_FILE_BYTES} are taken. Split it.`);
  return { bytes: new Uint8Array(await readFile(path)), fileName: basename(path) };
}

type Target = { readonly client: ImportClient; readonly url: string; readonly shop?: RunningShop };

/** The shop at the address; without an address of the caller's own, one that is started when none runs. */
async function findShop({ url, token, state }: Arguments): Promise<Target> {
  const wanted = url ?? DEFAULT_URL;
  const client = createImportClient(wanted, token);
  if (await client.answers()) return { client, url: wanted };
  if (url !== undefined) throw new Mendable(`No shop answers at ${url}.`);
  console.log(`No shop answers at ${DEFAULT_URL}: starting one over ${state} for this import.`);
  const shop = await startShop({ stateFolder: state });
  return { client: createImportClient(shop.url, shop.adminToken), url: shop.url, shop };
}

const STEPS = { read: "Reading ", check: "Checking", write: "Writing " } as const;

/** Follows the job to its end with a bar; Ctrl-C cancels the import and then waits for its end. */
async function follow(client: ImportClient, started: ImportView): Promise<ImportView> {
  const bar = new cliProgress.SingleBar(
    { format: "{step} [{bar}] {percentage}% of {unit}", hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  const cancel = (): void => void client.cancel(started.id).catch(() => undefined);
  process.once("SIGINT", cancel);
  bar.start(1, 0, { step: STEPS.read, unit: "the file" });
  let job = started;
  while (job.state === "queued" || job.state === "validating" || job.state === "applying") {
    await wait(POLL_MS);
    job = await client.read(started.id);
    const { step, done, total } = job.progress;
    bar.setTotal(Math.max(total, 1));
    bar.update(done, { step: STEPS[step], unit: step === "read" ? `${total} bytes` : `${total} products` });
  }
  bar.stop();
  process.removeListener("SIGINT", cancel);
  return job;
}

async function importFile(): Promise<ExitCode> {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const upload = await readUpload(options.file);
  const { client, url, shop } = await findShop(options);
  try {
    const { policy, currency, mapping, format } = options;
    const job = await follow(client, await client.start({ ...upload, policy, currency, mapping, format }));
    const report = await client.report(job.id);
    console.log(
      [...summaryLines(job), ...reportLines(report, job, `${url}/admin/imports/${job.id}`)].join("\n"),
    );
    if (shop) await wait(SETTLE_MS);
    return exitCodeOf(job);
  } finally {
    await shop?.stop();
  }
}

try {
  process.exitCode = await importFile();
} catch (error) {
  console.error(error instanceof Mendable ? error.message : error);
  process.exitCode = 2;
}
// Miniflare leaves timers behind after `stop`.
process.exit();
