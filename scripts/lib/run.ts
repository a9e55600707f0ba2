import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { ROOT } from "./workers.ts";

export type Finished = { readonly code: number; readonly output: string };

/** Runs a tool of node_modules/.bin (or any program) in the project's folder and gives its exit code and joined output. */
export async function capture(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const child = spawn(command, args, { cwd: ROOT, env: { ...toolEnvironment(), ...env } });
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  child.stderr.on("data", (part: Buffer) => (output += part.toString()));
  const code = await ended(child);
  return { code, output };
}

/** Runs a tool with this terminal as its own; gives its exit code. */
export async function passThrough(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  return ended(spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...toolEnvironment(), ...env } }));
}

/** The environment every tool gets: the project's own Node first on the path, no questions, no usage reports. */
export const toolEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${resolve(ROOT, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
});

/** The path of a tool that npm has installed. */
export const tool = (name: string): string => resolve(ROOT, "node_modules/.bin", name);

const ended = (child: ReturnType<typeof spawn>): Promise<number> =>
  new Promise((settle, fail) => {
    child.once("error", fail);
    child.once("close", (code) => settle(code ?? 1));
  });
