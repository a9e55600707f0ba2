import type { OrderLine } from "../contract.ts";

type Titles = Pick<OrderLine, "title" | "variantTitle" | "shopTitle" | "shopVariantTitle">;

const join = (title: string, variantTitle: string): string =>
  variantTitle === "" ? title : `${title}, ${variantTitle}`;

/** What the buyer read for a line: `Heron print, A3`. */
export const shownTitleOf = ({ title, variantTitle }: Titles): string => join(title, variantTitle);

/** The same in the shop's own language, which staff read. */
export const staffTitleOf = ({ title, variantTitle, shopTitle, shopVariantTitle }: Titles): string =>
  join(shopTitle ?? title, shopVariantTitle ?? variantTitle);
