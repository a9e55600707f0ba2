import type { Operation } from "./operations.ts";
import { faultOf, send, type WireRequest } from "./wire.ts";
import { headersFor, pathFor, type World } from "./world.ts";

export const JSON_TYPE = { "content-type": "application/json" } as const;
export const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" } as const;

/** One thing that a client can get wrong, and the answers that are right for it. */
export type Row = readonly [what: string, request: WireRequest, ...statuses: number[]];

/**
 * Sends the rows; gives what is wrong with their answers, one line each. `types` gathers the types of the problems.
 */
export async function faultsOf(
  world: World,
  rows: readonly Row[],
  {
    isPage = false,
    types = new Set<string>(),
  }: { readonly isPage?: boolean; readonly types?: Set<string> } = {},
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [what, request, ...statuses] of rows) {
    const answer = await send(world.origin, request).catch((error: unknown) => String(error));
    const fault = typeof answer === "string" ? answer : faultOf(answer, { statuses, isPage }, types);
    if (fault !== undefined) faults.push(`${request.method} ${request.path.slice(0, 120)} ${what}: ${fault}`);
  }
  return faults;
}

/** A request to the operation that leads somewhere; only `body` and `headers` can be wrong with it. */
export const requestFor = (
  world: World,
  operation: Operation,
  {
    body,
    headers = {},
  }: {
    readonly body?: string | Uint8Array | undefined;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): WireRequest => ({
  method: operation.method,
  path: pathFor(world, operation),
  headers: { ...JSON_TYPE, ...headersFor(world, operation), ...headers },
  ...(body === undefined ? {} : { body }),
});

/** A right body for the operation, as text. */
export const sampleOf = (world: World, { name }: Operation): string =>
  JSON.stringify(world.samples[name] ?? {});

/** The types of problems that have no page of their own to explain them. */
export async function unexplained(world: World, types: ReadonlySet<string>): Promise<readonly string[]> {
  const found = await Promise.all(
    [...types].map(async (path) => {
      const { status, contentType } = await send(world.origin, { method: "GET", path });
      return status === 200 && contentType.startsWith("text/html")
        ? []
        : [`${path} is ${status} ${contentType}`];
    }),
  );
  return found.flat();
}
