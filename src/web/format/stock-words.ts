import type { Speech } from "#words";

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
export function stockSentence(stock: StockFacts, { say, day: nameDay }: Speech): StockWords {
  const day = stock.expectedAt && nameDay(stock.expectedAt);
  switch (stock.availability) {
    case "in_stock":
      return { text: say("stock.in"), tone: "good" };
    case "low":
      return { text: say("stock.low", { count: LOW_STOCK_BELOW }), tone: "wait" };
    case "backorder":
      return { text: day ? say("stock.back_on", { day }) : say("stock.back"), tone: "wait" };
    case "preorder":
      return { text: day ? say("stock.preorder_on", { day }) : say("stock.preorder"), tone: "wait" };
    case "sold_out":
      return { text: say("stock.out"), tone: "none" };
  }
}

/** Short words for cards; `undefined` when there is nothing odd to say. */
export function stockNote(stock: StockFacts, { say, day: nameDay }: Speech): StockWords | undefined {
  const day = stock.expectedAt && nameDay(stock.expectedAt);
  switch (stock.availability) {
    case "in_stock":
      return undefined;
    case "low":
      return { text: say("stock.low_note", { count: LOW_STOCK_BELOW }), tone: "wait" };
    case "backorder":
      return { text: day ? say("stock.back_on_note", { day }) : say("stock.back_note"), tone: "wait" };
    case "preorder":
      return {
        text: day ? say("stock.preorder_on_note", { day }) : say("stock.preorder_note"),
        tone: "wait",
      };
    case "sold_out":
      return { text: say("stock.out_note"), tone: "none" };
  }
}
