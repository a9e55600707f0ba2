import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { claimPort } from "../../scripts/lib/ports.ts";
import { commandOf } from "../../scripts/lib/processes.ts";
import { STATE_VERSION } from "../../scripts/lib/state.ts";
import { ROOT } from "../../scripts/lib/workers.ts";

type Started = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
};

const folder = mkdtempSync(join(tmpdir(), "kerbside-start-"));
const running: ChildProcess[] = [];
afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The line behind `npm start`, without the demo's goods. */
function start(port: number, state = folder): Started {
  const child = spawn("node", ["scripts/start.mjs", "serve", "--no-demo", "--state", state], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), PAYMENT_PORT: "0" },
  });
  running.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (output += part.toString()));
  const exit = new Promise<number | null>((settle) => child.once("exit", settle));
  return { child, output: () => output, exit };
}

const ready = ({ output }: Started): Promise<void> =>
  expect.poll(output, { timeout: 60_000, interval: 100 }).toMatch(/Ready in [\d.]+ s/);

const noted = (): { readonly pid: number; readonly workerd: readonly { readonly pid: number }[] } =>
  JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as never;

describe("npm start", () => {
  it("serves at both names of this machine, says where, and leaves nothing behind when it is asked to end", async () => {
    const port = await claimPort("PORT", 0);
    const shop = start(port);
    await ready(shop);
    expect(shop.output()).toContain(`http://localhost:${port}/admin`);
    for (const host of ["localhost", "127.0.0.1"]) {
      expect((await fetch(`http://${host}:${port}/api/products`)).status).toBe(200);
    }
    const pids = noted().workerd.map((each) => each.pid);
    expect(pids).toHaveLength(2);
    shop.child.kill("SIGINT");
    expect(await shop.exit).toBe(0);
    expect(existsSync(join(folder, "run.json"))).toBe(false);
    expect(pids.filter((pid) => commandOf(pid) !== undefined)).toEqual([]);
  });

  it("starts again at the same port after it was killed, and ends what was left of it", async () => {
    const port = await claimPort("PORT", 0);
    const shop = start(port);
    await ready(shop);
    const before = noted();
    process.kill(before.pid, "SIGKILL");
    await shop.exit;
    const again = start(port);
    await ready(again);
    expect(before.workerd.filter((each) => commandOf(each.pid) !== undefined)).toEqual([]);
    again.child.kill("SIGTERM");
    expect(await again.exit).toBe(0);
  });

  it("says in one line which port is taken and what to do", async () => {
    const port = await claimPort("PORT", 0);
    const first = start(port);
    await ready(first);
    const second = start(port, mkdtempSync(join(folder, "other-")));
    expect(await second.exit).toBe(1);
    expect(second.output().trim()).toBe(
      `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 10} npm start`,
    );
  });

  it("says in one line that the state is from a newer version", async () => {
    const newer = mkdtempSync(join(folder, "newer-"));
    writeFileSync(resolve(newer, "version.json"), JSON.stringify({ version: STATE_VERSION + 1 }));
    const shop = start(await claimPort("PORT", 0), newer);
    expect(await shop.exit).toBe(1);
    expect(shop.output()).toMatch(/^The state in .* was written by a newer Kerbside/);
    expect(shop.output().trim().split("\n")).toHaveLength(1);
  });
});
