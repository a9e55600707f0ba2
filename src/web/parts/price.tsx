import { formatMinor } from "../format/money.ts";
import { useTaxWords } from "./place-links.tsx";
import { usePlace } from "./shop-place.ts";

export type PriceProps = {
  readonly currency: string;
  readonly amountMinor: number;
  /** Price before a reduction, higher than `amountMinor`. */
  readonly compareAtMinor?: number | undefined;
  /** Lowest price of the 30 days before the reduction; said in words where `isDetailed`. */
  readonly lowest30DaysMinor?: number | undefined;
  /** True when other variants cost more. */
  readonly isFrom?: boolean;
  /** True on the product page: says VAT and the 30-day price. */
  readonly isDetailed?: boolean;
};

/** A price with its words; a reduction is said, not only struck through. */
export const Price = ({
  currency,
  amountMinor,
  compareAtMinor,
  lowest30DaysMinor,
  isFrom = false,
  isDetailed = false,
}: PriceProps) => {
  const { locale } = usePlace();
  const taxWords = useTaxWords();
  const isReduced = compareAtMinor !== undefined && compareAtMinor > amountMinor;
  return (
    <div class="price">
      <p>
        {isFrom && <span class="price-from">from </span>}
        {isReduced && <span class="visually-hidden">Now </span>}
        <span class={isReduced ? "price-now price-reduced" : "price-now"}>
          {formatMinor(amountMinor, currency, locale)}
        </span>
        {isReduced && (
          <>
            {" "}
            <span class="visually-hidden">, before </span>
            <s class="price-before">{formatMinor(compareAtMinor, currency, locale)}</s>
            {!isDetailed && <span class="tag"> Sale</span>}
          </>
        )}
        {isDetailed && <span class="price-vat"> {taxWords.short}</span>}
      </p>
      {isDetailed && isReduced && lowest30DaysMinor !== undefined && (
        <p class="hint">
          Lowest price of the 30 days before: {formatMinor(lowest30DaysMinor, currency, locale)}.
        </p>
      )}
    </div>
  );
};
