import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Mendable, runTask } from "./lib/fail.ts";
import { capture, tool } from "./lib/run.ts";
import { ROOT } from "./lib/workers.ts";

// Fails when a module's tables say something that no migration says: drizzle-kit is asked, on a copy, for the next one.

// Relative, because drizzle-kit puts "./" in front of whatever it is told.
const COPY = ".wrangler/migrations-check";
const CONFIG = ".wrangler/migrations-check.config.ts";

async function checkMigrations(): Promise<number> {
  await rm(resolve(ROOT, COPY), { recursive: true, force: true });
  await mkdir(resolve(ROOT, COPY), { recursive: true });
  await cp(resolve(ROOT, "migrations"), resolve(ROOT, COPY), { recursive: true });
  await writeFile(
    resolve(ROOT, CONFIG),
    `import config from "../drizzle.config.ts";\nexport default { ...config, out: "${COPY}" };\n`,
  );
  const before = await sqlFiles();
  const result = await capture(tool("drizzle-kit"), ["generate", "--config", CONFIG, "--name", "missing"]);
  if (result.code !== 0) throw new Mendable(`drizzle-kit failed:\n${result.output}`);
  const missing = (await sqlFiles()).filter((name) => !before.includes(name));
  for (const name of missing) {
    console.error(`The tables have changed without a migration (see migrations/README.md):\n`);
    console.error(await readFile(resolve(ROOT, COPY, name), "utf8"));
  }
  return missing.length === 0 ? 0 : 1;
}

const sqlFiles = async (): Promise<readonly string[]> =>
  (await readdir(resolve(ROOT, COPY))).filter((name) => name.endsWith(".sql"));

await runTask(checkMigrations);
