import { runTask } from "./lib/fail.ts";
import { runTests } from "./lib/tests.ts";

// `npm test`: all tests. `npm test -- --project unit`, `npm test -- src/orders` and the like choose some.
await runTask(() => runTests(process.argv.slice(2)));
