import { useTaxWords } from "./place-links.tsx";
import { useSpeech } from "./use-speech.ts";

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
  const { say, parts, money } = useSpeech();
  const taxWords = useTaxWords();
  const isReduced = compareAtMinor !== undefined && compareAtMinor > amountMinor;
  const now = (
    <span class={isReduced ? "price-now price-reduced" : "price-now"}>{money(amountMinor, currency)}</span>
  );
  return (
    <div class="price">
      <p>
        {isReduced && <span class="visually-hidden">{say("price.now")} </span>}
        {isFrom ? <span class="price-from">{parts("price.from", { price: now })}</span> : now}
        {isReduced && (
          <>
            {" "}
            <span class="visually-hidden">, {say("price.before")} </span>
            <s class="price-before">{money(compareAtMinor, currency)}</s>
            {!isDetailed && <span class="tag"> {say("price.sale")}</span>}
          </>
        )}
        {isDetailed && <span class="price-vat"> {taxWords.short}</span>}
      </p>
      {isDetailed && isReduced && lowest30DaysMinor !== undefined && (
        <p class="hint">{say("price.lowest", { price: money(lowest30DaysMinor, currency) })}</p>
      )}
    </div>
  );
};
