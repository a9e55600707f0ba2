import { createServer } from "node:net";
import { Mendable } from "./fail.ts";

const MAX_PORT = 65_535;

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
  if (port !== 0) {
    for (const host of ["127.0.0.1", "::1"]) {
      if ((await listenOnce(host, port)) === "taken") {
        throw new Mendable(
          `Port ${port} is taken. Stop what uses it, or choose another: ${name}=${port + 10} npm start`,
        );
      }
    }
    return port;
  }
  const free = await listenOnce("127.0.0.1", 0);
  if (typeof free !== "number") throw new Mendable("No free port could be found.");
  return free;
}

/** Listens for a moment; gives the port, or why not. A host without IPv6 is `absent`, which is no obstacle. */
function listenOnce(host: string, port: number): Promise<number | "taken" | "absent"> {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      settle(error.code === "EADDRINUSE" || error.code === "EACCES" ? "taken" : "absent"),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address !== null ? address.port : "absent"));
    });
  });
}
