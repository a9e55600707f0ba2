import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import { createImportClient, type ImportClient, type ImportView } from "../../scripts/lib/import-client.ts";
import { WRITTEN_AT_ONCE } from "../../src/catalog-import/domain/limits.ts";
import { recordProof } from "../support/prove-row.ts";
import { REAL_DATA } from "../support/real-data.ts";
import { createShopProcess, type ShopProcess } from "./shop-process.ts";

// Every real file is imported into a running shop, twice. The largest import loses its shop while it writes. This takes
// minutes, so it runs on demand only (npm run prove): REAL_FILES=all, or words of the paths of some, such as
// REAL_FILES=shopify or REAL_FILES=swimwear,amazon.

const WANTED = process.env["REAL_FILES"];
const PATIENCE_MS = 45 * 60_000;
const POLL_MS = 250;
const MAPPING = "real-table";
/** What one rupee is worth in the demo shop's euro, in parts per million. */
const RATE_PPM = 11_000;

type RealFile = { readonly path: string; readonly mapping?: string };

const shopifyFiles = (): RealFile[] =>
  readdirSync(join(REAL_DATA, "shopify"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".csv"))
    .map((path) => ({ path: join("shopify", path) }));
const TABLE: RealFile = { path: "catalog/amazon-in-10930.csv.gz", mapping: MAPPING };

const isWanted = ({ path }: RealFile): boolean =>
  WANTED === "all" || (WANTED ?? "").split(",").some((word) => word !== "" && path.includes(word));

/** Both runs of one file, and what was found out about them. */
type Outcome = {
  readonly path: string;
  readonly rowsInFile: number;
  readonly first: ImportView;
  readonly firstSeconds: number;
  readonly again: ImportView;
  readonly againSeconds: number;
  readonly kills: number;
  readonly reported: { readonly rejectedLines: number; readonly isWhole: boolean };
};

describe.skipIf(WANTED === undefined || !existsSync(REAL_DATA))("the files of real shops", () => {
  let folder: string;
  let served: ShopProcess;
  let client: ImportClient;
  const outcomes: Outcome[] = [];

  const hasEnded = ({ state }: ImportView): boolean => !["queued", "validating", "applying"].includes(state);
  const until = async (id: string, isThere: (now: ImportView) => boolean): Promise<ImportView> => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      // A shop that takes in thousands of SKUs on a busy machine may be very slow to answer; only the deadline counts.
      const now = await client.read(id).catch(() => undefined);
      if (now && (isThere(now) || hasEnded(now))) return now;
      if (Date.now() > deadline) throw new Error(`The import hangs: ${JSON.stringify(now)}`);
      await sleep(POLL_MS);
    }
  };
  const begin = (file: RealFile): Promise<ImportView> =>
    client.start({
      bytes: new Uint8Array(readFileSync(join(REAL_DATA, file.path))),
      fileName: basename(file.path),
      policy: "reject-failed-rows",
      mapping: file.mapping,
    });

  async function importTwice(file: RealFile, isKilled: boolean): Promise<Outcome> {
    const startedAt = Date.now();
    const { id } = await begin(file);
    if (isKilled) {
      const half = await until(
        id,
        ({ progress }) => progress.step === "write" && progress.done * 2 > progress.total,
      );
      if (hasEnded(half)) throw new Error("The import ended before its shop was killed.");
      await served.kill();
      await served.start();
    }
    const first = await until(id, hasEnded);
    const firstSeconds = (Date.now() - startedAt) / 1_000;
    const report = await client.wholeReport(id);
    const rejected = report.filter(({ severity }) => severity === "rejected").map(({ line }) => line);
    const againAt = Date.now();
    const again = await until((await begin(file)).id, hasEnded);
    const againSeconds = (Date.now() - againAt) / 1_000;
    const outcome = {
      path: file.path,
      rowsInFile: rowsIn(file.path),
      first,
      firstSeconds,
      again,
      againSeconds,
      kills: isKilled ? 1 : 0,
      reported: { rejectedLines: new Set(rejected).size, isWhole: report.length < 10_000 },
    };
    console.log(lineOf(outcome));
    return outcome;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kerbside-real-files-"));
    served = await createShopProcess(folder);
    await served.start();
    client = createImportClient(served.url, DEMO_SECRETS.ADMIN_API_TOKEN);
    for (const file of shopifyFiles().filter(isWanted)) outcomes.push(await importTwice(file, false));
    if (!isWanted(TABLE)) return;
    await saveGuessedMapping(served.url, TABLE.path);
    outcomes.push(await importTwice(TABLE, true));
  }, 2 * PATIENCE_MS);

  afterAll(async () => {
    await served.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it("import with counts that add up to the file, and change nothing the second time", () => {
    const faults = outcomes.flatMap(judge);
    const seconds = outcomes.reduce((sum, { firstSeconds }) => sum + firstSeconds, 0);
    const largest = outcomes.toSorted((left, right) => right.rowsInFile - left.rowsInFile)[0];
    recordProof({
      name: "import-real-files",
      what: "Files of real shops, imported twice",
      n: outcomes.length,
      figures: {
        rows: outcomes.reduce((sum, { rowsInFile }) => sum + rowsInFile, 0),
        firstSeconds: Math.round(seconds),
        largestRows: largest?.rowsInFile ?? 0,
        largestSeconds: Math.round(largest?.firstSeconds ?? 0),
        kills: outcomes.reduce((sum, { kills }) => sum + kills, 0),
      },
      faults,
    });
    expect(faults).toEqual([]);
  });
});

/** Records of the file below its header that hold anything, counted by another reader than the import's. */
function rowsIn(path: string): number {
  const stored = readFileSync(join(REAL_DATA, path));
  const text = path.endsWith(".gz") ? gunzipSync(stored) : stored;
  const records: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  return records.slice(1).filter((cells) => cells.some((cell) => cell.trim() !== "")).length;
}

/** Takes the mapping that the shop guesses from the file, states the rate, and saves it. */
async function saveGuessedMapping(shopUrl: string, path: string): Promise<void> {
  const ask = async (route: string, init: RequestInit): Promise<Response> => {
    const headers = { ...init.headers, authorization: `Bearer ${DEMO_SECRETS.ADMIN_API_TOKEN}` };
    const answer = await fetch(`${shopUrl}/admin/api${route}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const bytes = new Uint8Array(readFileSync(join(REAL_DATA, path)));
  const preview = await ask("/imports/preview", {
    method: "POST",
    body: bytes,
    headers: { "content-type": "application/gzip" },
  });
  const { mapping } = (await preview.json()) as { mapping: Record<string, unknown> };
  await ask(`/import-mappings/${MAPPING}`, {
    method: "PUT",
    body: JSON.stringify({ ...mapping, ratePpm: RATE_PPM }),
    headers: { "content-type": "application/json" },
  });
}

/** What is wrong with both runs of a file, one sentence each. */
function judge({ path, rowsInFile, first, again, kills, reported }: Outcome): string[] {
  const sums = [first, again].flatMap(({ state, rows, products }, run) => {
    const parts = [rows, products].map((of) => of.created + of.changed + of.same + of.rejected + of.waiting);
    return [
      ...(state === "finished" ? [] : [`${path}: run ${run + 1} is ${state}`]),
      ...(rows.total === rowsInFile
        ? []
        : [`${path}: ${rows.total} rows counted, the file has ${rowsInFile}`]),
      ...(parts[0] === rows.total ? [] : [`${path}: the rows of run ${run + 1} do not add up`]),
      ...(parts[1] === products.total ? [] : [`${path}: the products of run ${run + 1} do not add up`]),
      ...(rows.waiting === 0 ? [] : [`${path}: ${rows.waiting} rows of run ${run + 1} were left waiting`]),
    ];
  });
  // Saved before a kill and not marked: found again as the same. At most one run of products for each kill.
  const isFresh = first.products.changed === 0 && first.products.same <= kills * WRITTEN_AT_ONCE;
  const isSame = again.products.created === 0 && again.products.changed === 0;
  return [
    ...sums,
    ...(isFresh ? [] : [`${path}: the first run found products that nobody had imported`]),
    ...(isSame
      ? []
      : [`${path}: the second run changed ${again.products.created + again.products.changed} products`]),
    ...(again.rows.rejected === first.rows.rejected ? [] : [`${path}: the second run rejected other rows`]),
    ...(!reported.isWhole || reported.rejectedLines === first.rows.rejected
      ? []
      : [`${path}: ${reported.rejectedLines} rejected lines reported, ${first.rows.rejected} counted`]),
  ];
}

const lineOf = ({ path, rowsInFile, first, firstSeconds, again, againSeconds, kills }: Outcome): string => {
  const words = ({ rows }: ImportView): string =>
    `created ${rows.created}, changed ${rows.changed}, same ${rows.same}, rejected ${rows.rejected}, warned ${rows.warned}`;
  return `${path}: ${rowsInFile} rows; ${words(first)} (${firstSeconds.toFixed(1)} s${kills > 0 ? `, ${kills} kill` : ""}); again ${words(again)} (${againSeconds.toFixed(1)} s)`;
};
