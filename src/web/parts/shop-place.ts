import { createContext, useContext } from "hono/jsx";
import { DEFAULT_LOCALE } from "#words";
import type { NavLink } from "./shop-chrome.ts";

/** The same page in another market or language. */
export type PlaceLink = {
  readonly href: string;
  /** `Switzerland, CHF`. */
  readonly label: string;
  /** BCP 47. */
  readonly locale: string;
  readonly isCurrent: boolean;
};

/** Where a page is read: the market and language that its path names. */
export type ShopPlace = {
  readonly marketId: string;
  /** BCP 47: of the words, amounts and days on the page. */
  readonly locale: string;
  readonly pricesIncludeTax: boolean;
  /** Begins every path of the catalogue: `/ch-de`; empty in the default market. */
  readonly prefix: string;
  /** The shop's collections, for pages that do not read the catalogue. */
  readonly navigation?: readonly NavLink[];
  /** The pages of text that staff have written, likewise. */
  readonly texts?: readonly NavLink[];
  /** This page everywhere; empty where there is only one place. */
  readonly elsewhere: readonly PlaceLink[];
  /** True where those are only the languages of this market. */
  readonly isOneMarket?: boolean;
};

export const HOME_PLACE: ShopPlace = {
  marketId: "",
  locale: DEFAULT_LOCALE,
  pricesIncludeTax: true,
  prefix: "",
  elsewhere: [],
};

const PlaceContext = createContext<ShopPlace>(HOME_PLACE);

/** Renders a page where it is read; `htmlPage` does so with what stands in the request. */
export const PlaceProvider = PlaceContext.Provider;

/** The place of the page that is being rendered. */
export const usePlace = (): ShopPlace => useContext(PlaceContext);
