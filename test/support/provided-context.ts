import type { ProvidedContext } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder with the state of a stopped shop that sells the demo catalogue. */
    readonly preparedState: string;
  }
}

/** What prepare-shop.ts hands to the tests. */
export type { ProvidedContext };
