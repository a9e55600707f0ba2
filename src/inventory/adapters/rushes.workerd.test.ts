import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { epochMs } from "#kernel";
import { levelOf, untouched } from "../domain/level.ts";
import { projectRushes } from "./rushes.ts";

const change = (version: number, shards?: number, lineOpenUntil?: number) => ({
  ...levelOf(untouched("RUSH-1")),
  version,
  ...(shards === undefined ? {} : { shards }),
  ...(lineOpenUntil === undefined ? {} : { rush: { lineOpenUntil: epochMs(lineOpenUntil) } }),
});

const row = () =>
  env.DB.prepare("SELECT line_open_until_ms AS until, shards FROM stock_rushes WHERE sku = 'RUSH-1'").first();

test("the shards of the newest level stand, and a line that was opened stays open, whatever comes late", async () => {
  await projectRushes(env.DB, [change(1)]).run();
  expect(await row()).toBeNull();
  await projectRushes(env.DB, [change(2, undefined, 5_000)]).run();
  expect(await row()).toEqual({ until: 5_000, shards: 0 });
  await projectRushes(env.DB, [change(4, 5, 9_000)]).run();
  await projectRushes(env.DB, [change(3, 2, 7_000)]).run();
  expect(await row()).toEqual({ until: 9_000, shards: 5 });
  await projectRushes(env.DB, [change(8, 0)]).run();
  await projectRushes(env.DB, [change(4, 5)]).run();
  expect(await row()).toEqual({ until: 9_000, shards: 0 });
});
