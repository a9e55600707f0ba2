import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { Mendable } from "./fail.ts";

const MAX_PORT = 65_535;

/**
 * Where a free port is looked for: below the ports that systems hand to outgoing connections, of which one could take
 * the port between finding it and listening there.
 */
const FREE_PORTS = { from: 20_000, to: 32_000 } as const;
const FREE_PORT_TRIES = 50;

/** Reads a port from text; `undefined` when there is none. Refuses what is not a whole number from 0 to 65535. */
export function parsePort(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new Mendable(`${name} must be a port number from 0 to ${MAX_PORT}; it is "${text}".`);
  }
  return port;
}

/** The given port if nothing listens there, or any free one for 0. Refuses a taken port by its name and number. */
export async function claimPort(name: string, port: number): Promise<number> {
  if (port === 0) return findFreePort();
  if (await isTaken(port)) {
    throw new Mendable(
      `Port ${port} is taken. Stop what uses it, or choose another: ${name}=${port + 10} npm start`,
    );
  }
  return port;
}

async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < FREE_PORT_TRIES; tries++) {
    const port = randomInt(FREE_PORTS.from, FREE_PORTS.to);
    if (!(await isTaken(port))) return port;
  }
  throw new Mendable("No free port could be found.");
}

async function isTaken(port: number): Promise<boolean> {
  return (await listenOnce("127.0.0.1", port)) === "taken" || (await listenOnce("::1", port)) === "taken";
}

/** Listens for a moment and says what stood in the way. A host without IPv6 is `absent`, which is no obstacle. */
function listenOnce(host: string, port: number): Promise<"free" | "taken" | "absent"> {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      settle(error.code === "EADDRINUSE" || error.code === "EACCES" ? "taken" : "absent"),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle("free")));
  });
}
