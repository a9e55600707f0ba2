import { useSpeech } from "./use-speech.ts";
import { stockSentence, type StockFacts } from "../format/stock-words.ts";

/** The honest word about stock, with a mark in its tone; the word carries the meaning. */
export const StockLine = ({ stock }: { readonly stock: StockFacts }) => {
  const { text, tone } = stockSentence(stock, useSpeech());
  return <p class={`stock stock-${tone}`}>{text}</p>;
};
