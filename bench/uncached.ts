import { Agent, request } from "node:http";
import { loadWork, type Load, type Sample } from "./measure.ts";

/**
 * Loads paths one after another, each request under a host name of its own. A shop that names its own address keeps pages
 * per host, so no answer comes from the isolate's memory: what is measured is making the page, by the code that visitors
 * get. Fails when any answer is not a 2xx.
 */
export async function loadUncached(
  origin: string,
  paths: readonly string[],
  { load, pid }: { readonly load: Load; readonly pid: number },
): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  // Differs between runs, so that no run finds the pages of an earlier one.
  const run = `r${process.pid}-${Math.round(performance.now())}`;
  let turn = 0;
  const work = async (): Promise<void> => {
    turn += 1;
    await get(agent, origin, { path: paths[turn % paths.length] ?? "/", host: `${run}-${turn}.bench` });
  };
  try {
    return await loadWork(work, load, pid);
  } finally {
    agent.destroy();
  }
}

type Address = { readonly path: string; readonly host: string };

const get = (agent: Agent, origin: string, { path, host }: Address): Promise<void> =>
  new Promise((settle, fail) => {
    const sent = request(
      `${origin}${path}`,
      { agent, headers: { host, "accept-encoding": "gzip" } },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.on("end", () =>
          status >= 200 && status < 300 ? settle() : fail(new Error(`${path} was answered ${status}`)),
        );
      },
    );
    sent.on("error", fail);
    sent.end();
  });
