import fulfilment from "../../workers/fulfilment/main.ts";
import { breakable, currentFaults, setFaults } from "./switchboard.ts";

// The fulfilment Worker as it is deployed, with a switch for its database and for itself.

export * from "../../workers/fulfilment/main.ts";

/** A Worker with a defect in its start throws whatever comes. */
function mustBeUp(): void {
  if (currentFaults().worker === "down") throw new Error("the test has broken this Worker");
}

// eslint-disable-next-line no-restricted-syntax -- it is a Worker's main, of a shop that a test starts
export default {
  fetch: async (request) => (await setFaults(request)) ?? fulfilment.fetch(),
  queue: async (batch, env) => {
    mustBeUp();
    return fulfilment.queue(batch, breakable(env));
  },
  scheduled: async (controller, env) => {
    mustBeUp();
    return fulfilment.scheduled(controller, breakable(env));
  },
} satisfies ExportedHandler<FulfilmentEnv>;
