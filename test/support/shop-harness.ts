import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { copyPreparedState } from "./prepared-state.ts";
import { startShop, type RunningShop, type ShopOptions } from "../../scripts/lib/shop.ts";

// What a whole-system test needs: a shop for the file (built and filled once for all of them, prepare-shop.ts), and a browser.

/** The simulated carrier's pace in tests, in seconds between two scans. */
const FAST_CARRIER_SECONDS = "1";

/** Milliseconds until the browser says what it waits for in vain; well before the test's own limit, which says nothing. */
const PATIENCE_MS = 20_000;

export type ShopHarness = {
  /** The running shop; only inside tests and hooks. */
  readonly shop: RunningShop;
  /** A fresh visitor: no cookies, nothing cached. Closed after the file's tests. */
  newVisitor(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A fresh visitor's first page. `javaScriptEnabled: false` is the visitor without script. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
};

/**
 * Starts the shop with the demo catalogue and a fast carrier before the file's tests and stops it afterwards; call it at
 * the top of a file. The browser starts with the first page.
 */
export function useShop(options: ShopOptions = {}): ShopHarness {
  let running: RunningShop | undefined;
  let folder: string | undefined;
  let browser: Promise<Browser> | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kerbside-test-"));
    if (options.isDemoLoaded !== false) await copyPreparedState(folder);
    running = await startShop({
      isBuilt: true,
      stateFolder: folder,
      onLog: () => undefined,
      ...options,
      vars: {
        ...options.vars,
        storefront: { PACK_AFTER_SECONDS: "0", ...options.vars?.storefront },
        fulfilment: {
          CARRIER_STEP_SECONDS: FAST_CARRIER_SECONDS,
          PACK_AFTER_SECONDS: "0",
          ...options.vars?.fulfilment,
        },
      },
    });
  });
  afterAll(async () => {
    await (await browser)?.close();
    await running?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  const harness: ShopHarness = {
    get shop() {
      if (!running) throw new Error("The shop runs inside tests and hooks only.");
      return running;
    },
    newVisitor: async (contextOptions = {}) => {
      browser ??= launchBrowser();
      const visitor = await (await browser).newContext({ baseURL: harness.shop.url, ...contextOptions });
      visitor.setDefaultTimeout(PATIENCE_MS);
      return visitor;
    },
    newPage: async (contextOptions) => (await harness.newVisitor(contextOptions)).newPage(),
  };
  return harness;
}

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts a Chromium that asks nobody but the shop. CHROMIUM_PATH names another one than Debian's. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = [process.env["CHROMIUM_PATH"], ...BROWSERS].find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error("The tests need Chromium: apt-get install chromium, or set CHROMIUM_PATH.");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type AxeViolation = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
};

/**
 * What axe-core finds wrong with the page as it is now, one line per element; empty when it is accessible. WCAG 2.2 A and
 * AA plus axe's good practices. Needs a visitor with script.
 */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Through the debugger, which no content security policy stops.
  if (await page.evaluate<boolean>(`typeof axe === "undefined"`)) await page.evaluate(axeSource);
  const violations = await page.evaluate<readonly AxeViolation[]>(
    `axe.run(document, { resultTypes: ["violations"], preload: false }).then((result) => result.violations)`,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id} (${violation.impact}): ${violation.help}: ${node.target.join(" ")}`,
    ),
  );
}

/** Asks again and again until `read` gives something other than `undefined`; fails after `timeoutMs`. */
export async function eventually<T>(read: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`Nothing after ${timeoutMs} ms.`);
    await new Promise((settle) => setTimeout(settle, 100));
  }
}
