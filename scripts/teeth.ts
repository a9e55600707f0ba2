import { runTeeth } from "../test/teeth/run.ts";
import { buildStatic } from "./lib/build.ts";
import { runTask } from "./lib/fail.ts";

// `npm run teeth`: plants each bug of test/teeth and shows which test notices it.
await runTask(async () => {
  await buildStatic();
  return runTeeth(process.argv.slice(2));
});
