import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { SOURCE_OPTIONS } from "./lib/build-workers.ts";
import { ROOT } from "./lib/workers.ts";

type Api = {
  readonly title: string;
  readonly description: string;
  /** The module that exports the router, and the router's name. */
  readonly source: string;
  readonly router: string;
  /** What the Worker mounts the router below. */
  readonly basePath: string;
  /** Below public/: a static file at exactly the address that the API promises. */
  readonly output: string;
  readonly security: Readonly<Record<string, unknown>> | undefined;
};

const APIS: readonly Api[] = [
  {
    title: "Kerbside shop API",
    description: "Catalogue, search, carts, checkouts and orders of one shop.",
    source: "workers/storefront/shop-api.ts",
    router: "shopApi",
    basePath: "",
    output: "api/openapi.json",
    security: undefined,
  },
  {
    title: "Kerbside admin API",
    description:
      "What the merchant's staff and systems do: catalogue, imports, stock, orders, delivery, tax.",
    source: "workers/admin/admin-api.ts",
    router: "adminApi",
    basePath: "/admin/api",
    output: "admin/api/openapi.json",
    security: { bearer: { type: "http", scheme: "bearer" } },
  },
];

/**
 * Writes both OpenAPI 3.1 documents from the schemas that validate the requests. The routers are bundled for Node with
 * the real schema converters, which the Workers do without. Repeating overwrites.
 */
export async function buildOpenapi(options: { readonly publicDir?: string } = {}): Promise<void> {
  const publicDir = options.publicDir ?? resolve(ROOT, "public");
  const apis = APIS.filter((api) => existsSync(resolve(ROOT, api.source)));
  const folder = await mkdtemp(join(tmpdir(), "kerbside-openapi-"));
  await copyReferencePage(publicDir);
  try {
    const document = await loadDocuments(apis, folder);
    for (const api of apis) {
      const path = resolve(publicDir, api.output);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(await document(api))}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files of swagger-ui that the reference page in public/api/docs/ loads; nothing comes from another host. */
const REFERENCE_FILES = ["swagger-ui.css", "swagger-ui-bundle.js"];

async function copyReferencePage(publicDir: string): Promise<void> {
  const from = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  const to = resolve(publicDir, "api/docs");
  await mkdir(to, { recursive: true });
  for (const name of REFERENCE_FILES) await copyFile(join(from, name), join(to, name));
}

/** Bundles a small program that imports the routers; gives its function that makes an API's document. */
async function loadDocuments(apis: readonly Api[], folder: string): Promise<(api: Api) => Promise<unknown>> {
  const outfile = join(folder, "documents.mjs");
  await build({
    ...SOURCE_OPTIONS,
    stdin: { contents: programFor(apis), resolveDir: ROOT, loader: "ts" },
    outfile,
    platform: "node",
    // Some packages call `require`, which a module of Node does not have.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    plugins: [withoutRuntime],
  });
  const { documentOf } = (await import(pathToFileURL(outfile).href)) as {
    documentOf: (router: string, options: unknown) => Promise<unknown>;
  };
  const { version } = JSON.parse(await readFile(resolve(ROOT, "package.json"), "utf8")) as {
    version: string;
  };
  return (api) => documentOf(api.router, documentation(api, version));
}

const programFor = (apis: readonly Api[]): string => `
  import { generateSpecs } from "hono-openapi";
  import { Hono } from "hono";
  ${apis.map((api) => `import { ${api.router} } from "./${api.source}";`).join("\n")}
  const routers = { ${apis.map((api) => `${api.router}: new Hono().route("${api.basePath || "/"}", ${api.router})`).join(", ")} };
  export const documentOf = (router, options) => generateSpecs(routers[router], options);
`;

const documentation = (api: Api, version: string) => ({
  documentation: {
    openapi: "3.1.0",
    info: {
      title: api.title,
      description: api.description,
      version,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This shop" }],
    ...(api.security === undefined
      ? {}
      : {
          components: { securitySchemes: api.security },
          security: Object.keys(api.security).map((name) => ({ [name]: [] })),
        }),
  },
  defaultOptions: {},
  includeEmptyPaths: false,
});

/** The routers' modules name the runtime's classes; making a document never touches them. */
const withoutRuntime: Plugin = {
  name: "without-runtime",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, namespace: "without-runtime" }));
    onLoad({ filter: /.*/, namespace: "without-runtime" }, () => ({
      contents:
        "export class DurableObject {}\nexport class WorkerEntrypoint {}\nexport class RpcTarget {}\nexport const env = {};",
      loader: "js",
    }));
  },
};

if (import.meta.main) await buildOpenapi();
