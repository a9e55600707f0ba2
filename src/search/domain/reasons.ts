/** Why a product is recommended. */
export type Reason =
  | { readonly kind: "chosen" | "bought" | "viewed" | "alike"; readonly with: string }
  | { readonly kind: "popular" | "same"; readonly collection: string };

/** What belongs with a product, as opposed to what could be had in its place. */
export const isCompanion = ({ kind }: Reason): boolean =>
  kind === "chosen" || kind === "bought" || kind === "viewed";
