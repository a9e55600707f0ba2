import { existsSync } from "node:fs";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import SummaryReporter from "./test/support/summary-reporter.ts";
import { toothPlugin } from "./test/teeth/plant.ts";

const WORKERD_TESTS = [
  "src/**/*.workerd.test.{ts,tsx}",
  "durable-objects/**/*.workerd.test.ts",
  "workers/**/*.workerd.test.{ts,tsx}",
  "test/**/*.workerd.test.{ts,tsx}",
];
const E2E_TESTS = ["test/**/*.e2e.test.ts"];
/** Whole-system tests that measure time, or build the shop where the others serve it from. */
const ALONE = [
  "test/e2e/product-speed.e2e.test.ts",
  "test/e2e/start-command.e2e.test.ts",
  "test/load/flash-sale.e2e.test.ts",
  "test/load/line.e2e.test.ts",
];

const WHOLE_SYSTEM = {
  globalSetup: ["./test/support/prepare-shop.ts"],
  testTimeout: 120_000,
  hookTimeout: 180_000,
};

const SIMULATED_PLATFORM = join(import.meta.dirname, "test/simulation/core/cloudflare-workers.ts");

// The same JSX as tsconfig.json, said again because the tests are not part of that project.
const oxc = { jsx: { runtime: "automatic", importSource: "hono/jsx" } } as const;

export default defineConfig({
  test: {
    reporters: ["default", new SummaryReporter()],
    // Two at a time: the machine may be small.
    maxWorkers: 2,
    projects: [
      {
        oxc,
        define: { __FAILPOINTS__: "true" },
        // Objects run in plain Node, too, where the simulation is their platform.
        resolve: { alias: { "cloudflare:workers": SIMULATED_PLATFORM } },
        plugins: toothPlugin(),
        test: {
          name: "unit",
          // Pure code that mocks no modules: files share a process, which halves their CPU.
          isolate: false,
          // Properties over thousands of cases are work; on a busy machine five seconds end them for no fault of theirs.
          testTimeout: 20_000,
          include: [
            "{src,durable-objects,workers,test}/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          exclude: [...WORKERD_TESTS, ...E2E_TESTS, "**/node_modules/**"],
        },
      },
      {
        oxc,
        define: { __FAILPOINTS__: "true" },
        plugins: [
          ...toothPlugin(),
          cloudflareTest(async () => ({
            main: "./test/support/workerd-main.ts",
            wrangler: { configPath: "./test/support/wrangler.workerd.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: existsSync("migrations") ? await readD1Migrations("migrations") : [],
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: WORKERD_TESTS,
          setupFiles: ["./test/support/apply-migrations.ts"],
          testTimeout: 20_000,
        },
      },
      {
        oxc,
        test: {
          ...WHOLE_SYSTEM,
          name: "e2e",
          include: E2E_TESTS,
          exclude: [...ALONE, "**/node_modules/**"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        oxc,
        test: {
          ...WHOLE_SYSTEM,
          name: "e2e-alone",
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
