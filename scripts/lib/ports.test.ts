import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { claimPort, parsePort } from "./ports.ts";

describe("a port", () => {
  it.each(["abc", "-1", "65536", "80.5", "1e9"])("is refused when it is written %s", (text) => {
    expect(() => parsePort("PORT", text)).toThrow(/PORT must be a port number/);
  });

  it("may be left open", () => {
    expect(parsePort("PORT", undefined)).toBeUndefined();
    expect(parsePort("PORT", "")).toBeUndefined();
    expect(parsePort("PORT", "8787")).toBe(8787);
  });

  it("that is taken is refused by its number, with what to do", async () => {
    const server = createServer();
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    const { port } = server.address() as AddressInfo;
    await expect(claimPort("PORT", port)).rejects.toThrow(
      new RegExp(`Port ${port} is taken.*PORT=${port + 10}`),
    );
    server.close();
  });

  it("of 0 is any free one", async () => {
    expect(await claimPort("PORT", 0)).toBeGreaterThan(0);
  });
});
