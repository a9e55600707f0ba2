import * as z from "zod";
import { PPM } from "#kernel";
import { describeError, inTime } from "#platform";
import type { TaxAnswer, TaxPlace, TaxProvider } from "../app/tax-provider.ts";
import { MAX_TAX_PLACES, MAX_TAX_WAIT_MS, TAX_MEMORY_MS, TAX_PAUSE_MS } from "../domain/limits.ts";

export type TaxServiceOptions = {
  /** Such as `https://tax.example`, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly waitMs?: number;
};

const reply = z.object({
  rates: z
    .array(
      z.object({
        taxClass: z.enum(["standard", "reduced", "zero"]),
        ratePpm: z.int().min(0).max(PPM),
        taxesDelivery: z.boolean().default(true),
      }),
    )
    .max(3)
    .refine((rows) => new Set(rows.map(({ taxClass }) => taxClass)).size === rows.length),
});

type Kept = { readonly answer: TaxAnswer; readonly untilMs: number };

/**
 * A tax service behind the port: `GET {baseUrl}/v1/rates?country=US&region=CA&postcode=94016` with a Bearer key answers
 * `{"rates":[{"taxClass":"standard","ratePpm":86250,"taxesDelivery":false}]}`. Bounded in time and memory; after a failure
 * it rests for some seconds, in which nobody waits. Made once per isolate.
 */
export function createTaxService(options: TaxServiceOptions): TaxProvider {
  const { countries, now } = options;
  const kept = new Map<string, Kept>();
  let restsUntilMs = 0;
  return {
    name: "service",
    covers: (country) => countries.includes(country),
    async ratesAt(place) {
      const key = JSON.stringify([place.country, place.region, place.postcode]);
      const known = kept.get(key);
      if (known && known.untilMs > now()) return known.answer;
      if (restsUntilMs > now()) return { kind: "unavailable", detail: "the service failed a moment ago" };
      const answer = await ask(options, place);
      if (answer.kind === "unavailable") restsUntilMs = now() + TAX_PAUSE_MS;
      else keep(kept, key, { answer, untilMs: now() + TAX_MEMORY_MS });
      return answer;
    },
  };
}

/** The one kept longest ago goes first. */
function keep(kept: Map<string, Kept>, key: string, value: Kept): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > MAX_TAX_PLACES && !oldest.done) kept.delete(oldest.value);
}

async function ask(
  { baseUrl, apiKey, fetch, waitMs = MAX_TAX_WAIT_MS }: TaxServiceOptions,
  place: TaxPlace,
): Promise<TaxAnswer> {
  const query = Object.entries(place).filter(([, value]) => value !== "");
  const address = `${baseUrl}/v1/rates?${new URLSearchParams(query).toString()}`;
  const call = async (): Promise<TaxAnswer> => {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${apiKey}`, accept: "application/json" },
      signal: AbortSignal.timeout(waitMs),
    });
    if (!response.ok) return { kind: "unavailable", detail: `status ${response.status}` };
    const read = reply.safeParse(await response.json());
    if (!read.success) return { kind: "unavailable", detail: "the answer cannot be read" };
    const rates = read.data.rates.map(({ taxesDelivery, ...rate }) => ({
      country: place.country,
      ...rate,
      ...(taxesDelivery ? {} : { taxesDelivery }),
    }));
    return { kind: "rates", rates };
  };
  try {
    return await inTime(call(), waitMs);
  } catch (error) {
    return { kind: "unavailable", detail: describeError(error) };
  }
}
