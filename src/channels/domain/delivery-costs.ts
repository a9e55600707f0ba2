import type { DeliveryMethod } from "#shipping";

/** What one piece costs to be delivered to each country, by the merchant's first way that goes there. */
export const deliveryCosts = (
  methods: readonly DeliveryMethod[],
  countries: readonly string[],
  itemMinor: number,
): readonly { readonly country: string; readonly priceMinor: number }[] =>
  countries.flatMap((country) => {
    const way = methods.find((method) => method.countries.includes(country));
    if (!way) return [];
    const isFree = way.freeFromMinor !== undefined && itemMinor >= way.freeFromMinor;
    return [{ country, priceMinor: isFree ? 0 : way.priceMinor }];
  });
