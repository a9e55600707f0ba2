import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import type { V4Worker } from "./worker-options.ts";

export type ServeOptions = {
  /** The first one is the one that the port belongs to. */
  readonly workers: readonly V4Worker[];
  readonly port: number;
  /** The folder that the Workers' storage lives in. */
  readonly persist: string;
  /** Gets every line that the Workers write, with its level. */
  readonly onLog: (level: string, line: string) => void;
};

/**
 * Machine code from a function's first run on, instead of interpreting it until it is known to be hot: a shop on one
 * machine is mostly young, and an order costs it a twelfth less. Elsewhere isolates live long enough to get there by
 * themselves.
 */
const V8_FLAGS = "--always-sparkplug";
/** What workerd says of any such flag: its own start-up code was compiled without it, and is compiled anew. */
const ABOUT_FLAGS = "bootstrap compile cache failed its compatibility check";

/**
 * Serves built Workers in one workerd on this machine only. The caller must `dispose` of it. Miniflare hands workerd the
 * flags that stand in MINIFLARE_WORKERD_V8_FLAGS; what somebody has set there stays, also nothing.
 */
export async function serveWorkers(options: ServeOptions): Promise<Miniflare> {
  process.env["MINIFLARE_WORKERD_V8_FLAGS"] ??= V8_FLAGS;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [...options.workers],
      // "localhost" listens on both of its addresses, 127.0.0.1 and ::1.
      host: "localhost",
      port: options.port,
      resourcePersistencePath: options.persist,
      // No question to the network about where this machine stands.
      cf: false,
      telemetry: { enabled: false },
      logRequests: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ level, message }) => {
        if (!message.includes(ABOUT_FLAGS)) options.onLog(level, message);
      },
    }),
  );
  try {
    await miniflare.ready;
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
  return miniflare;
}
