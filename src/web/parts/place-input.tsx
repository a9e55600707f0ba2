import { usePlace } from "./shop-place.ts";

/** Tells a form in which market its price was read; nothing where no market is known. */
export const PlaceInput = () => {
  const { marketId } = usePlace();
  return marketId === "" ? null : <input type="hidden" name="market" value={marketId} />;
};
