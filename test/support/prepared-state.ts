import { cp } from "node:fs/promises";
import { inject } from "vitest";
import type { ProvidedContext } from "./provided-context.ts";

/** Makes `folder` the state of a shop that sells the demo catalogue, at rest. */
export const copyPreparedState = (folder: string): Promise<void> =>
  cp(inject("preparedState" satisfies keyof ProvidedContext), folder, { recursive: true });
