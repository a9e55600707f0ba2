import { formatDay } from "./dates.ts";
import { DEFAULT_LOCALE } from "./money.ts";

/** What is known of a product's or variant's stock, in the shape of the catalogue's view models. */
export type StockFacts = {
  readonly availability: "in_stock" | "low" | "backorder" | "preorder" | "sold_out";
  /** YYYY-MM-DD, with backorder and preorder. */
  readonly expectedAt?: string;
};

/** The word for a person and the tone for the eye; a tone never stands without its word. */
export type StockWords = { readonly text: string; readonly tone: "good" | "wait" | "none" };

/** The count below which the page says that few are left. */
export const LOW_STOCK_BELOW = 6;

/** Full sentences for the product page. */
export function stockSentence(stock: StockFacts, locale = DEFAULT_LOCALE): StockWords {
  const day = stock.expectedAt && formatDay(stock.expectedAt, locale);
  switch (stock.availability) {
    case "in_stock":
      return { text: "In stock.", tone: "good" };
    case "low":
      return { text: `Fewer than ${LOW_STOCK_BELOW} left.`, tone: "wait" };
    case "backorder":
      return {
        text: day
          ? `Back on ${day}. Order now and we send it then.`
          : "On its way to us. Order now and we send it when it is here.",
        tone: "wait",
      };
    case "preorder":
      return {
        text: day
          ? `Preorder: we send it from ${day}. You pay today.`
          : "Preorder: we send it when it is ready. You pay today.",
        tone: "wait",
      };
    case "sold_out":
      return { text: "Sold out.", tone: "none" };
  }
}

/** Short words for cards; `undefined` when there is nothing odd to say. */
export function stockNote(stock: StockFacts, locale = DEFAULT_LOCALE): StockWords | undefined {
  const day = stock.expectedAt && formatDay(stock.expectedAt, locale);
  switch (stock.availability) {
    case "in_stock":
      return undefined;
    case "low":
      return { text: `Fewer than ${LOW_STOCK_BELOW} left`, tone: "wait" };
    case "backorder":
      return { text: day ? `Back on ${day}` : "Back soon", tone: "wait" };
    case "preorder":
      return { text: day ? `Preorder, from ${day}` : "Preorder", tone: "wait" };
    case "sold_out":
      return { text: "Sold out", tone: "none" };
  }
}
