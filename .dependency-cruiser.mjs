// Who may import whom. The two tables below are the only place where this is written: `npm run check` enforces them and
// scripts/draw-map.ts draws the README's map from them.

/** Modules from the top down. A module may use the face (`#name`) of those in a later row, never of its own row or above. */
export const MODULE_ROWS = [
  ["admin", "storefront"],
  ["checkout"],
  ["fulfilment", "cart", "reconciliation", "channels"],
  ["pricing", "payments", "catalog-import", "vouchers", "browse"],
  ["shipping", "admission", "search", "recently-viewed"],
  ["orders", "semantics"],
  ["catalog", "inventory", "customers", "staff", "notifications", "edge-cache", "content"],
];

/** Rooms that every module may use and that know no commerce. */
const SHARED = ["kernel", "platform", "web", "words"];

const face = (...names) => names.map((name) => `^src/${name}/index\\.ts$`);
const packages = (...names) => names.map((name) => `^node_modules/${name}/`);
const own = (...parts) => parts.map((part) => `^src/$1/${part}`);
const lowerFaces = MODULE_ROWS.flat().map((name) => face(name)[0]);

const FLAT_FILES = "[^/]+\\.tsx?$";
const LIMITS = "(?:domain/)?limits\\.ts$";
const RUNTIME = "^cloudflare:";
const HTTP_PACKAGES = packages("hono", "hono-openapi", "@hono/standard-validator", "zod");
const PROVIDER_PACKAGES = packages(
  "drizzle-orm",
  "csv-parse",
  "image-size",
  "itty-durable",
  "sanitize-html",
  "standardwebhooks",
  "stripe",
  "zod",
);

/** Per part of a module (and per room): everything that it may import. What is not here is refused. */
export const PARTS = [
  { name: "kernel", from: "^src/kernel/", may: ["^src/kernel/"] },
  {
    name: "platform",
    from: "^src/platform/",
    may: ["^src/platform/", ...face("kernel"), RUNTIME, ...packages("drizzle-orm")],
  },
  // What the shop says in its languages: no markup, no I/O, so that pages and mails use the same words.
  { name: "words", from: "^src/words/", may: ["^src/words/", ...face("kernel")] },
  {
    name: "web",
    from: "^src/web/",
    may: ["^src/web/", ...face("kernel", "platform", "words"), ...HTTP_PACKAGES],
  },
  {
    name: "domain",
    from: "^src/([^/]+)/domain/",
    may: [...own("domain/", "contract[a-z-]*\\.ts$", LIMITS), ...face("kernel")],
    // The words of a module below, not its behaviour.
    mayNameTypesOf: lowerFaces,
  },
  {
    name: "contract",
    from: "^src/([^/]+)/contract[a-z-]*\\.ts$",
    // The platform's envelope and call context are part of what crosses a process.
    may: [
      ...own("domain/", LIMITS, "contract-[a-z]+\\.ts$"),
      ...face("kernel", "platform"),
      ...packages("zod"),
    ],
    mayNameTypesOf: lowerFaces,
  },
  {
    name: "app",
    from: "^src/([^/]+)/app/",
    may: [
      ...own("app/", "domain/", "contract[a-z-]*\\.ts$", LIMITS),
      ...face("kernel", "platform", "words"),
      ...lowerFaces,
    ],
  },
  {
    name: "adapters",
    from: "^src/([^/]+)/adapters/",
    may: [
      ...own("adapters/", "app/", "domain/", "contract[a-z-]*\\.ts$", LIMITS),
      ...face("kernel", "platform"),
      ...lowerFaces,
      ...PROVIDER_PACKAGES,
    ],
  },
  {
    name: "http and pages",
    from: "^src/([^/]+)/(http|pages)/",
    may: [
      ...own("http/", "pages/", "app/", LIMITS, FLAT_FILES),
      ...face("kernel", "platform", "web", "words"),
      ...lowerFaces,
      ...HTTP_PACKAGES,
    ],
  },
  {
    name: "flat files of a module",
    from: `^src/((?!(?:kernel|platform|web|words)/)[^/]+)/(?!contract[a-z-]*\\.ts$)${FLAT_FILES}`,
    may: [...own(""), ...face(...SHARED), ...lowerFaces, ...HTTP_PACKAGES],
  },
  ...Object.entries({
    stock: "inventory",
    order: "orders",
    cart: "cart",
    parcel: "fulfilment",
    import: "catalog-import",
    export: "channels",
    voucher: "vouchers",
    gate: "admission",
    "catalog-index": "browse",
    purge: "edge-cache",
    "webhook-inbox": "payments",
    "recently-viewed": "recently-viewed",
  }).map(([folder, module]) => ({
    name: `durable-objects/${folder}`,
    from: `^durable-objects/${folder}/`,
    may: [
      `^durable-objects/${folder}/`,
      `^src/${module}/(domain|app)/`,
      `^src/${module}/(contract|limits|index)\\.ts$`,
      ...face("kernel", "platform"),
      RUNTIME,
      // The one object that is built on a package.
      ...(folder === "recently-viewed" ? packages("itty-durable") : []),
    ],
  })),
  {
    name: "workers",
    from: "^workers/(storefront|admin|fulfilment|shared)/",
    may: [
      "^workers/$1/",
      // What two Workers compose in the same way.
      "^workers/shared/",
      "^durable-objects/",
      "^src/[^/]+/(app|adapters|http|pages)/",
      "^src/[^/]+/domain/limits\\.ts$",
      `^src/[^/]+/${FLAT_FILES}`,
      RUNTIME,
      ...HTTP_PACKAGES,
    ],
  },
  {
    // Somebody else's machine: it shares the rooms that know no commerce, and nothing of the shop.
    name: "the payment sandbox",
    from: "^workers/payment-sandbox/",
    may: [
      "^workers/payment-sandbox/",
      ...face(...SHARED),
      RUNTIME,
      ...HTTP_PACKAGES,
      ...packages("standardwebhooks"),
    ],
  },
];

/** Where running begins: Workers, scripts of pages, tasks, and what a bundler is told to put in. */
const ROOTS = [
  "^workers/[^/]+/main\\.ts$",
  "/islands/[^/]+\\.ts$",
  "^scripts/[^/]+\\.(ts|mjs)$",
  "^bench/workers/[^/]+\\.ts$",
  "^scripts/demo/write-preview\\.ts$",
  "^scripts/lib/openapi-stub\\.ts$",
  // drizzle-kit reads these; drizzle.config.ts names them.
  "/adapters/tables\\.ts$",
  "/adapters/model-tables\\.ts$",
];

const tableRule = (name, from, to) => ({
  name: `import table: ${name}`,
  comment: "The import table allows this part only what its row in .dependency-cruiser.mjs names.",
  severity: "error",
  from: { path: from },
  to,
});

const partRules = PARTS.flatMap(({ name, from, may, mayNameTypesOf = [] }) => [
  tableRule(name, from, { pathNot: [...may, ...mayNameTypesOf] }),
  ...(mayNameTypesOf.length === 0
    ? []
    : [tableRule(`${name}, types only`, from, { path: mayNameTypesOf, dependencyTypesNot: ["type-only"] })]),
]);

const orderRules = MODULE_ROWS.flatMap((row, index) =>
  row.map((module) => {
    const notBelow = MODULE_ROWS.slice(0, index + 1)
      .flat()
      .filter((name) => name !== module);
    return {
      name: `module order: ${module}`,
      comment: "A module uses only modules of a later row of MODULE_ROWS.",
      severity: "error",
      from: { path: `^src/${module}/` },
      to: { path: `^src/(${notBelow.join("|")})/` },
    };
  }),
);

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...partRules,
    ...orderRules.filter((rule) => rule.to.path !== "^src/()/"),
    {
      name: "only faces",
      comment: "Another module is reached through its index.ts (#name) only.",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$"] },
    },
    {
      name: "own insides, not own face",
      comment: "Inside a module, import the file itself; going through the own face makes cycles.",
      severity: "error",
      from: { path: "^src/([^/]+)/(domain|app|adapters)/" },
      to: { path: "^src/$1/index\\.ts$" },
    },
    {
      name: "object classes stay in the storefront",
      comment: "Only the Worker that hosts a class imports it; everybody else calls it through its contract.",
      severity: "error",
      from: { pathNot: ["^durable-objects/", "^workers/"] },
      to: { path: "^durable-objects/" },
    },
    {
      name: "no cycles",
      comment: "A cycle of files, type-only ones included, hides which one comes first.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no cycles of folders",
      comment: "Two modules that need each other are one module, or one of them needs a port.",
      severity: "error",
      scope: "folder",
      from: { path: "^(src/[^/]+|durable-objects/[^/]+|workers/[^/]+)$" },
      to: { circular: true },
    },
    {
      name: "no dead files",
      comment:
        "No Worker, page script or task reaches this file (a test alone does not keep code alive). Delete it or use it.",
      severity: "error",
      from: { path: ROOTS },
      to: { path: "^(src|durable-objects|workers|scripts|bench)/", pathNot: ROOTS, reachable: false },
    },
    {
      name: "resolvable",
      comment: "The imported file or package does not exist, or is not in package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: [RUNTIME, "^#"] },
    },
    {
      name: "no development packages in what is served",
      comment: "A Worker's package belongs in dependencies.",
      severity: "error",
      from: { path: "^(src|durable-objects|workers)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Tests may reach for what they need, and so may the samples they share.
    exclude: { path: ["\\.test\\.tsx?$", "/testing/", "\\.d\\.ts$", "^(dist|public)/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["workerd", "worker", "browser", "import", "types", "default"],
      mainFields: ["browser", "module", "main", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
