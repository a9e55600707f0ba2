import * as z from "zod";
import type { OrderId } from "#kernel";
import { DEFAULT_TIMEOUT_MS } from "../domain/limits.ts";
import { isolateBreaker } from "./circuit-breaker.ts";
import { createSandboxHttp, type Fetch } from "./sandbox-http.ts";

const sum = z.object({ count: z.int().min(0), amountMinor: z.int().min(0) });
const totalsSchema = z.object({
  items: z.array(
    z.object({
      reference: z.string().max(200),
      currency: z.string().length(3),
      authorised: sum,
      captured: sum,
      released: sum,
      refunded: sum,
    }),
  ),
  nextCursor: z.string().max(1_024).optional(),
});

/** What the provider's book says of one merchant reference, in minor units. */
export type BookLine = {
  readonly reference: string;
  readonly currency: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  /** Authorised, and neither captured nor released yet. */
  readonly reservedMinor: number;
};

const NOTHING = { capturedMinor: 0, refundedMinor: 0, reservedMinor: 0 };

/**
 * The sandbox's own book, as the second witness of what happened to the money. Reads only; never throws: `undefined`
 * when the provider did not answer, or answered something else.
 */
export function createSandboxBook(options: {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch?: Fetch;
}) {
  const { baseUrl, apiKey } = options;
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const http = createSandboxHttp({ baseUrl, apiKey, fetch: send, breaker: isolateBreaker(baseUrl) });
  const read = async (query: Readonly<Record<string, string>>) => {
    const path = `/v1/ledger/totals?${new URLSearchParams(query).toString()}`;
    const reply = await http({ method: "GET", path, timeoutMs: DEFAULT_TIMEOUT_MS });
    const parsed = totalsSchema.safeParse(reply.ok ? reply.value.body : undefined);
    return parsed.success ? parsed.data : undefined;
  };
  return {
    provider: "sandbox",
    async sumsOf(orderId: OrderId): Promise<Omit<BookLine, "reference" | "currency"> | undefined> {
      const page = await read({ reference: orderId, limit: "10" });
      // An order is paid in one currency; nothing on the list means that nothing has moved.
      return page ? (page.items.map(lineOf)[0] ?? NOTHING) : undefined;
    },
    async lines(page: { readonly cursor: string; readonly limit: number }) {
      const { cursor, limit } = page;
      const answer = await read({ limit: String(limit), ...(cursor === "" ? {} : { cursor }) });
      if (!answer) return undefined;
      const { nextCursor } = answer;
      return { items: answer.items.map(lineOf), ...(nextCursor === undefined ? {} : { nextCursor }) };
    },
  };
}

const lineOf = (item: z.infer<typeof totalsSchema>["items"][number]): BookLine => ({
  reference: item.reference,
  currency: item.currency,
  capturedMinor: item.captured.amountMinor,
  refundedMinor: item.refunded.amountMinor,
  reservedMinor: item.authorised.amountMinor - item.captured.amountMinor - item.released.amountMinor,
});
