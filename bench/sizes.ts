import { loadAddress, type Load, type Sample } from "./measure.ts";
import { median, type Ratio } from "./report.ts";
import { facetsOf, readSizeGoods, type SizeGoods } from "./size-goods.ts";
import { openSizeShops, type SizeShop } from "./size-shops.ts";
import { loadUncached } from "./uncached.ts";

const FLOOR = "floor (empty handler)";
const WARM_UP_SECONDS = 1;

type SizeCase = {
  readonly name: string;
  readonly kind: "floor" | "kept" | "made";
  readonly run: (shop: SizeShop, load: Load) => Promise<Sample>;
};

/** What one case costs at one size: the median of its runs. */
export type SizeFigure = {
  readonly name: string;
  readonly kind: SizeCase["kind"];
  readonly size: number;
  readonly p50Ms: number;
  readonly cpuMsPerRequest: number;
  readonly xFloor: number;
};

function sizeCases({ products, collection, faceted, searches }: SizeGoods): readonly SizeCase[] {
  const kept = (name: string, path: string): SizeCase => ({
    name,
    kind: "kept",
    run: ({ doors, pid }, load) => loadAddress(`${doors.shop}${path}`, load, pid),
  });
  const made = (name: string, paths: readonly string[]): SizeCase => ({
    name,
    kind: "made",
    run: ({ doors, pid }, load) => loadUncached(doors.shop, paths, { load, pid }),
  });
  return [
    { name: FLOOR, kind: "floor", run: ({ doors, pid }, load) => loadAddress(`${doors.floor}/`, load, pid) },
    kept("product page, kept", products[0] ?? "/"),
    kept("collection page, kept", collection),
    made("product page, made", products),
    made("collection page, made", [collection]),
    made("collection with two facets, made", faceted),
    made("search, made", searches),
  ];
}

export type SizeSettings = {
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Only cases whose name contains one of these, parted by commas; empty: all. The floor is always measured. */
  readonly only: string;
} & Load;

/** Measures every case at every size in one run: round by round, size by size, the floor in each. */
export async function measureSizes(settings: SizeSettings): Promise<readonly SizeFigure[]> {
  const shops = await openSizeShops(settings.sizes);
  try {
    const [smallest] = shops;
    if (!smallest) return [];
    const read = await readSizeGoods(smallest.shop.url);
    const goods = { ...read, products: await soldEverywhere(shops, read.products) };
    for (const { shop } of shops) await facetsOf(shop.url, goods.collection.replace("/collections/", ""));
    const wanted = settings.only.split(",");
    const cases = sizeCases(goods).filter(
      ({ kind, name }) => kind === "floor" || wanted.some((part) => name.includes(part)),
    );
    return figuresOf(await runAll(shops, cases, settings));
  } finally {
    for (const { shop } of shops) await shop.stop();
  }
}

/** The paths that every shop answers: a few handles differ where a larger catalogue has another product of that name. */
async function soldEverywhere(
  shops: readonly SizeShop[],
  paths: readonly string[],
): Promise<readonly string[]> {
  const everywhere: string[] = [];
  for (const path of paths) {
    const answers = await Promise.all(shops.map(({ shop }) => fetch(`${shop.url}${path}`)));
    if (answers.every(({ ok }) => ok)) everywhere.push(path);
    await Promise.all(answers.map(async (answer) => answer.body?.cancel()));
  }
  if (everywhere.length === 0) throw new Error("No product is in all of the shops.");
  return everywhere;
}

type Measured = { readonly each: SizeCase; readonly size: number; readonly samples: Sample[] };

async function runAll(
  shops: readonly SizeShop[],
  cases: readonly SizeCase[],
  settings: SizeSettings,
): Promise<readonly Measured[]> {
  const load = { connections: settings.connections, seconds: settings.seconds };
  const all = shops.flatMap((shop) =>
    cases.map((each) => ({ shop, each, size: shop.size, samples: [] as Sample[] })),
  );
  for (const { shop, each } of all) await each.run(shop, { ...load, seconds: WARM_UP_SECONDS });
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const { shop, each, samples } of all) {
      process.stderr.write(`\rround ${round}/${settings.rounds}: ${shop.size}, ${each.name}`.padEnd(70));
      samples.push(await each.run(shop, load));
    }
  }
  process.stderr.write(`\r${" ".repeat(70)}\r`);
  return all;
}

/** CPU is stated in multiples of the floor's of the same round: what the machine does meanwhile changes from round to round. */
function figuresOf(measured: readonly Measured[]): readonly SizeFigure[] {
  return measured.map(({ each, size, samples }) => {
    const floor = measured.find((other) => other.each.kind === "floor" && other.size === size);
    const ratios = samples.map((sample, round) => {
      const least = floor?.samples[round];
      return least && least.cpuMs > 0 ? cpuPerRequest(sample) / cpuPerRequest(least) : 0;
    });
    return {
      name: each.name,
      kind: each.kind,
      size,
      p50Ms: median(samples.map((sample) => sample.p50Ms)),
      cpuMsPerRequest: median(samples.map(cpuPerRequest)),
      xFloor: median(ratios),
    };
  });
}

const cpuPerRequest = ({ cpuMs, requests }: Sample): number => cpuMs / Math.max(requests, 1);

/** Rows of a table: a case each, with a column for each size and the growth from the smallest to the largest. */
export function sizeTable(figures: readonly SizeFigure[]): readonly (readonly string[])[] {
  const sizes = [...new Set(figures.map(({ size }) => size))];
  const names = [...new Set(figures.map(({ name }) => name))];
  const row = (name: string, title: string, show: (figure: SizeFigure) => number): readonly string[] => {
    const shown = sizes.map((size) => figures.find((each) => each.name === name && each.size === size));
    const values = shown.map((figure) => (figure ? show(figure) : 0));
    return [`${name}: ${title}`, ...values.map((value) => value.toFixed(2)), growth(values).toFixed(2)];
  };
  return [
    ["case", ...sizes.map(String), "largest/smallest"],
    ...names.flatMap((name) => [
      row(name, "p50 ms", ({ p50Ms }) => p50Ms),
      row(name, "CPU ms", ({ cpuMsPerRequest }) => cpuMsPerRequest),
      row(name, "x floor", ({ xFloor }) => xFloor),
    ]),
  ];
}

/** The figures that goals are set for. */
export function sizeRatios(figures: readonly SizeFigure[]): readonly Ratio[] {
  const kept = figures
    .filter(({ kind }) => kind === "kept")
    .map(({ name, size, xFloor }) => ({
      name: `${name} at ${size}: CPU / floor`,
      value: xFloor,
      goal: "<= 1.5",
    }));
  const names = [...new Set(figures.filter(({ kind }) => kind === "made").map(({ name }) => name))];
  const grown = names.map((name) => ({
    name: `${name}: p50 growth`,
    value: growth(figures.filter((figure) => figure.name === name).map(({ p50Ms }) => p50Ms)),
    goal: "< 2",
  }));
  return [...kept, ...grown];
}

/** The last of some figures as a multiple of the first. */
const growth = (values: readonly number[]): number => (values.at(-1) ?? 0) / (values[0] ?? 1);
