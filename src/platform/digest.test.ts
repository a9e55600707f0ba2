import { describe, expect, it, vi } from "vitest";
import { hmacSha256 } from "./digest.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("hmacSha256", () => {
  it("signs as RFC 4231 (test case 2) says, and the same the second time", async () => {
    const right = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    for (const _ of ["imported", "remembered"])
      expect(hex(await hmacSha256("Jefe", "what do ya want for nothing?"))).toBe(right);
  });

  it("keeps secrets apart", async () => {
    const [one, other] = [await hmacSha256("one", "text"), await hmacSha256("other", "text")];
    expect(hex(one)).not.toBe(hex(other));
    expect(hex(await hmacSha256("one", "text"))).toBe(hex(one));
  });

  it("imports a secret once", async () => {
    const imports = vi.spyOn(crypto.subtle, "importKey");
    for (const text of ["a", "b", "c"]) await hmacSha256("imported once", text);
    expect(imports).toHaveBeenCalledTimes(1);
    imports.mockRestore();
  });

  it("goes on with more secrets than it remembers", async () => {
    const sign = (): Promise<string[]> =>
      Promise.all(
        Array.from({ length: 100 }, async (_, index) => hex(await hmacSha256(`s${index}`, "text"))),
      );
    const first = await sign();
    expect(new Set(first).size).toBe(100);
    expect(await sign()).toEqual(first);
  });

  it("tries again after an import that failed", async () => {
    const imports = vi.spyOn(crypto.subtle, "importKey").mockRejectedValueOnce(new Error("not now"));
    await expect(hmacSha256("fails once", "text")).rejects.toThrow("not now");
    expect(await hmacSha256("fails once", "text")).toHaveLength(32);
    imports.mockRestore();
  });
});
