import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, type Metafile } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const MANIFEST = path.join(ROOT, "src/web/generated/asset-manifest.ts");
const ISLANDS = "src/web/assets/islands";
const SCRIPT_NAMES = [
  "base",
  "home",
  "product",
  "collection",
  "search",
  "cart",
  "checkout",
  "order",
  "admin",
] as const;
const ADMIN_CSS = "src/admin/assets/admin.css";
const ADMIN_SCRIPT = "src/admin/assets/islands/admin.ts";
/** One week: longer than a page stays open, shorter than a working copy is kept. */
const OLD_AFTER_MS = 7 * 24 * 60 * 60_000;
const SANS_FONT = "figtree-latin-wght-normal";
const SERIF_FONT = "instrument-serif-latin-400-normal";

export type BuildAssetsOptions = {
  /** Directory of the built files, served at /assets; made when it is missing. */
  readonly outDir: string;
  /** Adds source maps. */
  readonly isDevelopment: boolean;
};

/** Bytes of one built file, by its path on the shop. */
export type BuiltAsset = { readonly path: string; readonly bytes: number };

/**
 * Builds the client files with a hash of their content in each name, and writes the module that tells the pages these
 * names. Repeating it changes nothing. Must run before the Workers are bundled, type-checked or tested.
 */
export async function buildAssets({ outDir, isDevelopment }: BuildAssetsOptions): Promise<BuiltAsset[]> {
  await mkdir(outDir, { recursive: true });
  await mkdir(path.dirname(MANIFEST), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: entryPoints(),
    outdir: outDir,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    publicPath: "/assets",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome120", "safari17", "firefox128"],
    loader: { ".woff2": "file" },
    sourcemap: isDevelopment ? "linked" : false,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  await writeIfChanged(MANIFEST, manifestModule(metafile));
  await removeOld(outDir, metafile);
  return Object.entries(metafile.outputs).map(([file, output]) => ({
    path: publicPath(file),
    bytes: output.bytes,
  }));
}

function entryPoints(): string[] {
  const scripts = SCRIPT_NAMES.map((name) => (name === "admin" ? ADMIN_SCRIPT : `${ISLANDS}/${name}.ts`));
  return ["src/web/assets/shop.css", ADMIN_CSS, ...scripts].filter((file) =>
    existsSync(path.join(ROOT, file)),
  );
}

const publicPath = (output: string): string => `/assets/${path.basename(output)}`;

function manifestModule(metafile: Metafile): string {
  const byEntry = new Map(
    Object.entries(metafile.outputs).flatMap(([file, output]) =>
      output.entryPoint ? [[output.entryPoint, publicPath(file)]] : [],
    ),
  );
  const font = (name: string): string => {
    const file = Object.keys(metafile.outputs).find((output) => path.basename(output).startsWith(`${name}-`));
    if (!file) throw new Error(`the style sheet refers to the font ${name}`);
    return publicPath(file);
  };
  const scripts = SCRIPT_NAMES.flatMap((name) => {
    const built = byEntry.get(name === "admin" ? ADMIN_SCRIPT : `${ISLANDS}/${name}.ts`);
    return built ? [[name, built]] : [];
  });
  const adminCss = byEntry.get(ADMIN_CSS);
  const manifest = {
    shopCss: byEntry.get("src/web/assets/shop.css"),
    ...(adminCss ? { adminCss } : {}),
    scripts: Object.fromEntries(scripts),
    sansFont: font(SANS_FONT),
    serifFont: font(SERIF_FONT),
  };
  return `// Written by scripts/build-assets.ts; not committed.
import type { AssetManifest } from "../asset-manifest-type.ts";

export const ASSETS: AssetManifest = ${JSON.stringify(manifest, undefined, 2)};
`;
}

async function writeIfChanged(file: string, text: string): Promise<void> {
  const present = existsSync(file) ? await readFile(file, "utf8") : undefined;
  if (present !== text) await writeFile(file, text);
}

/** Files of earlier builds stay for a while, for pages that are still open or being built elsewhere. */
async function removeOld(outDir: string, metafile: Metafile): Promise<void> {
  const kept = new Set(Object.keys(metafile.outputs).map((file) => path.basename(file)));
  for (const name of await readdir(outDir)) {
    const file = path.join(outDir, name);
    if (!kept.has(name) && Date.now() - (await stat(file)).mtimeMs > OLD_AFTER_MS)
      await rm(file, { recursive: true });
  }
}

if (import.meta.main) {
  const isDevelopment = process.argv.includes("--development");
  const built = await buildAssets({ outDir: path.join(ROOT, "public/assets"), isDevelopment });
  for (const asset of built) console.log(`${asset.path}  ${asset.bytes} bytes`);
}
