import { describe, expect, test } from "vitest";
import { PPM } from "#kernel";
import { ratesWithFallback, type TaxProvider } from "../../src/pricing/app/tax-provider.ts";

export type TaxSubject = {
  readonly provider: TaxProvider;
  /** Makes the next question end this way; a table is always there. */
  readonly next?: (how: "answer" | "fail" | "hang" | "nonsense") => void;
};

export const TABLE = [{ country: "US", taxClass: "standard" as const, ratePpm: 72_500 }];
const table = () => Promise.resolve(TABLE);
const PLACE = { country: "US", region: "CA", postcode: "94016" };

/** What whoever prices a basket may rely on, whoever says the rates. */
export function describeTaxProvider(name: string, make: () => TaxSubject): void {
  describe(`the tax provider "${name}"`, () => {
    test("says whole rates of the country that was asked for, each class once", async () => {
      const { provider } = make();
      const answer = await provider.ratesAt(PLACE, table);
      if (answer.kind !== "rates") throw new Error(answer.detail);
      expect(new Set(answer.rates.map(({ taxClass }) => taxClass)).size).toBe(answer.rates.length);
      for (const { country, ratePpm } of answer.rates) {
        expect(country).toBe("US");
        expect(Number.isSafeInteger(ratePpm) && ratePpm >= 0 && ratePpm <= PPM).toBe(true);
      }
    });

    test("says the same of the same place", async () => {
      const { provider, next } = make();
      const first = await provider.ratesAt(PLACE, table);
      next?.("fail");
      expect(await provider.ratesAt(PLACE, table)).toEqual(first);
    });

    test.each(["fail", "hang", "nonsense"] as const)(
      "never throws and never keeps anybody waiting when the answer is: %s; the table holds then",
      async (how) => {
        const { provider, next } = make();
        next?.(how);
        const startedAt = performance.now();
        const { rates, from } = await ratesWithFallback(provider, PLACE, table);
        expect(performance.now() - startedAt).toBeLessThan(2_000);
        expect([from, rates]).toEqual(["table", TABLE]);
      },
    );
  });
}
