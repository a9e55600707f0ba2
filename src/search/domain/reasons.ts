/** Why a product is recommended. */
export type Reason =
  | { readonly kind: "chosen" | "bought" | "viewed" | "alike"; readonly with: string }
  | { readonly kind: "popular" | "same"; readonly collection: string };
