import type { ProductId } from "#kernel";

/** What the shop asks of the memory of one visitor. Both may be lost at any time, and nothing else depends on either. */
export type RecentlyViewed = {
  /** The products that a visitor looked at, the last one first; empty when the memory does not answer. */
  list(visitor: string): Promise<readonly ProductId[]>;
  /** Puts a product at the head of the list. Repeating changes nothing; a memory that does not answer is no error. */
  note(visitor: string, productId: ProductId): Promise<void>;
  /** Forgets all of it. */
  forget(visitor: string): Promise<void>;
};

/** What the object's class offers to its one caller; arguments travel as JSON in a header. */
export type RecentlyViewedCalls = {
  seen(): Promise<readonly string[]>;
  note(productId: string): Promise<void>;
  forget(): Promise<void>;
};
