/** Why a product is recommended. */
export type Reason =
  | { readonly kind: "chosen" | "bought" | "viewed" | "alike"; readonly with: string }
  | { readonly kind: "popular" | "same"; readonly collection: string };

/** The reason as a shopper reads it. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case "chosen":
      return `Goes with ${reason.with}`;
    case "bought":
      return `Bought together with ${reason.with}`;
    case "viewed":
      return `Looked at together with ${reason.with}`;
    case "alike":
      return `Much like ${reason.with}`;
    case "popular":
      return `Popular in ${reason.collection}`;
    case "same":
      return `More from ${reason.collection}`;
  }
}
