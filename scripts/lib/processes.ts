import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

const KILL_WAIT_MS = 5_000;

/** The command line of a process, or `undefined` when there is no such process. */
export const commandOf = (pid: number): string | undefined =>
  listProcesses().find((each) => each.pid === pid)?.command;

/** The workerd processes that this one, or one of its children, has started. */
export function workerdPids(): readonly number[] {
  const all = listProcesses();
  const mine = new Set([process.pid]);
  // Children have larger parents in no particular order, so walk until nothing is added.
  for (let size = 0; size !== mine.size;) {
    size = mine.size;
    for (const each of all) if (mine.has(each.parent)) mine.add(each.pid);
  }
  return all.filter((each) => mine.has(each.pid) && isWorkerd(each.command)).map((each) => each.pid);
}

export const isWorkerd = (command: string): boolean => /(^|\/)workerd(\.exe)?\s+serve\b/.test(command);

/** Ends a process at once and waits until it is gone. Repeating is safe. */
export async function killAndWait(pid: number): Promise<void> {
  const deadline = Date.now() + KILL_WAIT_MS;
  while (commandOf(pid) !== undefined && Date.now() < deadline) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      return;
    }
    await sleep(50);
  }
}

function listProcesses(): readonly Process[] {
  return existsSync("/proc/self/stat") ? listFromProc() : listFromPs();
}

function listFromProc(): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        // The second field is the name in brackets and may contain spaces; the state and the parent follow it.
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z") return [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while we were looking.
        return [];
      }
    });
}

function listFromPs(): readonly Process[] {
  const output = execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" });
  return output.split("\n").flatMap((line): Process[] => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match?.[3] === undefined
      ? []
      : [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] }];
  });
}
