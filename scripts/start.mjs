// Runs a task of the project (`node scripts/start.mjs serve|dev|check|test|bench|import|deploy|types-env [arguments]`).
// Plain JavaScript on purpose: it must run in a fresh clone, on Node 20, before anything is installed. It installs what
// is missing and then runs scripts/{task}.ts with the Node that the project itself depends on.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const MIN_NODE_MAJOR = 20;
// The toolchain itself (wrangler, vitest) needs this one; the `node` package brings a newer one along.
const TOOLCHAIN_NODE_MAJOR = 23;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const [task = "serve", ...args] = process.argv.slice(2);

function fail(message) {
  console.error(message);
  process.exit(1);
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : undefined;
}

/** Whether every package of package-lock.json is there in the right version. */
function isInstalled() {
  const wanted = readPackages(resolve(root, "package-lock.json"));
  const present = readPackages(resolve(root, "node_modules/.package-lock.json"));
  if (!wanted) fail("package-lock.json is missing; restore it with: git checkout package-lock.json");
  if (!present) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || present[path]?.version === entry.version,
  );
}

function install() {
  console.log("Installing packages (npm ci), once…");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) fail("npm ci failed; see above.");
}

function projectNode() {
  const own = resolve(root, "node_modules/.bin/node");
  if (existsSync(own) && spawnSync(own, ["--version"]).status === 0) return own;
  if (Number(process.versions.node.split(".")[0]) > TOOLCHAIN_NODE_MAJOR) return process.execPath;
  return fail(
    "The `node` package did not install its program (are npm's install scripts switched off?). Use Node 24, or run: npm rebuild node",
  );
}

if (Number(process.versions.node.split(".")[0]) < MIN_NODE_MAJOR) {
  fail(`Kerbside needs Node ${MIN_NODE_MAJOR} or newer; this is ${process.version}. See https://nodejs.org`);
}
const script = resolve(root, `scripts/${task}.ts`);
if (!existsSync(script)) fail(`There is no task called ${task}.`);
if (!isInstalled()) install();

const bin = resolve(root, "node_modules/.bin");
const child = spawn(projectNode(), ["--disable-warning=ExperimentalWarning", script, ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ""}`, KERBSIDE_STARTED_BY: String(process.pid) },
});
// The task ends by itself and says when; until then the signals are its business.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
