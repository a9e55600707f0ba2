import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandOf } from "./processes.ts";
import { openState, STATE_VERSION } from "./state.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kerbside-state-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const runFile = (): string => join(folder, "run.json");
const sleeper = (): number => spawn("sleep", ["60"], { stdio: "ignore" }).pid ?? 0;
const isThere = (pid: number): boolean => commandOf(pid) !== undefined;

describe("the state folder", () => {
  it("says which layout it has", async () => {
    await openState(folder);
    expect(JSON.parse(readFileSync(join(folder, "version.json"), "utf8"))).toEqual({
      version: STATE_VERSION,
    });
  });

  it("is refused when a newer version wrote it", async () => {
    writeFileSync(join(folder, "version.json"), JSON.stringify({ version: STATE_VERSION + 1 }));
    await expect(openState(folder)).rejects.toThrow(/newer Kerbside/);
  });

  it("is refused while a living shop uses it", async () => {
    const pid = sleeper();
    try {
      writeFileSync(runFile(), JSON.stringify({ pid, command: commandOf(pid), workerd: [] }));
      await expect(openState(folder)).rejects.toThrow(/already running/);
    } finally {
      process.kill(pid);
    }
  });

  it("is opened again after a shop that was killed, or whose note was cut short", async () => {
    writeFileSync(runFile(), JSON.stringify({ pid: 999_999_999, command: "node serve.ts", workerd: [] }));
    await openState(folder);
    expect(existsSync(runFile())).toBe(false);
    writeFileSync(runFile(), '{"pid": 12');
    await openState(folder);
  });

  it("never ends a process that is not the workerd it noted", async () => {
    const pid = sleeper();
    try {
      const notOurs = [
        { pid, command: commandOf(pid) },
        { pid, command: "/somewhere/workerd serve --binary" },
      ];
      writeFileSync(
        runFile(),
        JSON.stringify({ pid: 999_999_999, command: "node serve.ts", workerd: notOurs }),
      );
      await openState(folder);
      expect(isThere(pid)).toBe(true);
    } finally {
      process.kill(pid);
    }
  });

  it("ends the workerd that a killed shop left behind", async () => {
    // Its command line says what it is; the program itself does not matter.
    const pid = spawn("bash", ["-c", "exec -a '/tmp/workerd serve' sleep 60"], { stdio: "ignore" }).pid ?? 0;
    // It begins so only when bash has become the other program; bash's own command line merely contains it.
    await expect.poll(() => commandOf(pid)).toMatch(/^\/tmp\/workerd serve/);
    const workerd = [{ pid, command: commandOf(pid) }];
    writeFileSync(runFile(), JSON.stringify({ pid: 999_999_999, command: "node serve.ts", workerd }));
    await openState(folder);
    expect(isThere(pid)).toBe(false);
  });
});
