import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { hmacSha256 } from "./digest.ts";

test("a key that was imported in one request signs in the next ones, too", async () => {
  const imports = vi.spyOn(crypto.subtle, "importKey");
  const signed = (name: string): Promise<string> =>
    runInDurableObject(env.PROBE.getByName(`digest-${name}`), async () =>
      String(await hmacSha256("of another request", "text")),
    );
  const first = await signed("one");
  expect(await signed("two")).toBe(first);
  expect(await signed("two")).toBe(first);
  expect(await Promise.all([signed("three"), signed("four")])).toEqual([first, first]);
  expect(imports).toHaveBeenCalledTimes(1);
});
