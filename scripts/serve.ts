import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import type { DemoProgress } from "./lib/demo.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { parsePort } from "./lib/ports.ts";
import { startShop } from "./lib/shop.ts";
import { STATE_FOLDER } from "./lib/state.ts";

const HELP = `npm start -- [options]        serve the built shop on this machine

  --port N      the shop's port (PORT; 8787)
  --state DIR   where the shop's state lives (KERBSIDE_STATE; .state)
  --built       serve what was built before
  --no-demo     leave an empty shop empty
  --log         show every line the Workers log, not only warnings and errors
  PAYMENT_PORT  the payment sandbox's port (the shop's port + 1)`;

const DEFAULT_PORT = 8787;

/** How often to look whether whoever started us is still there. */
const PARENT_CHECK_MS = 1_000;

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        state: { type: "string" },
        built: { type: "boolean", default: false },
        "no-demo": { type: "boolean", default: false },
        log: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new Mendable(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

async function serve(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const port = parsePort("PORT", options.port ?? process.env["PORT"]) ?? DEFAULT_PORT;
  const shop = await startShop({
    port,
    paymentPort: parsePort("PAYMENT_PORT", process.env["PAYMENT_PORT"]) ?? (port === 0 ? 0 : port + 1),
    stateFolder: options.state ?? process.env["KERBSIDE_STATE"] ?? STATE_FOLDER,
    isDemoLoaded: !options["no-demo"],
    isBuilt: options.built,
    onDemoProgress: showProgress(),
    ...(options.log ? { onLog: (_level: string, line: string) => console.log(line) } : {}),
  });
  const ended = endOfServing();
  console.log(`
  Shop      ${shop.url}
  Admin     ${shop.url}/admin   (the word is ${shop.adminPassword})
  Mail      ${shop.url}/admin/mail
  Payments  ${shop.paymentUrl}   (test cards only)

Ready in ${process.uptime().toFixed(1)} s. Ctrl-C stops it; the state stays.`);
  await ended;
  await shop.stop();
  return 0;
}

/** A bar while the demo shop is loaded, when somebody is watching. */
function showProgress(): DemoProgress {
  if (!process.stdout.isTTY) return () => undefined;
  const bar = new SingleBar({
    format: "Loading the demo shop {bar} {value}/{total}",
    hideCursor: true,
    clearOnComplete: true,
  });
  return (done, total) => {
    if (!bar.isActive) bar.start(total, done);
    bar.update(done);
    if (done === total) bar.stop();
  };
}

/** Settles when somebody asks us to end, or when the process that started us has been killed. */
function endOfServing(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      // Miniflare's own handlers would end this process before both instances and the state are closed.
      process.removeAllListeners(signal);
      process.on(signal, () => settle());
    }
    const parent = process.ppid;
    if (process.env["KERBSIDE_STARTED_BY"] !== String(parent)) return;
    setInterval(() => {
      if (process.ppid !== parent) settle();
    }, PARENT_CHECK_MS).unref();
  });
}

await runTask(serve);
// Miniflare leaves timers behind after `dispose`.
process.exit();
