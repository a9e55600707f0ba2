/** A part of the contract: what is announced to a stock object, and what moves between its locations. */

/** Units that a supplier has announced. Sent again with the same id it replaces what was said before; 0 withdraws it. */
export type Incoming = {
  readonly announcementId: string;
  readonly location: string;
  readonly quantity: number;
  /** YYYY-MM-DD. */
  readonly expectedAt: string;
  readonly reference?: string;
};

/** One step of moving units of this SKU between two of its locations; each applies once by its ids. */
export type TransferCommand =
  | {
      readonly kind: "dispatch";
      readonly transferId: string;
      readonly from: string;
      readonly to: string;
      readonly quantity: number;
      readonly reason: string;
    }
  /** Units arrive, or do not and never will. */
  | {
      readonly kind: "receive" | "lose";
      readonly transferId: string;
      readonly stepId: string;
      readonly quantity: number;
      readonly reason: string;
    }
  /** What is still on the way goes back to where it came from. A dispatch that arrives later comes to nothing. */
  | { readonly kind: "cancel"; readonly transferId: string; readonly reason: string };

export type Transfer = {
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
  readonly received: number;
  readonly lost: number;
  readonly returned: number;
  /** Cancelled before or after its dispatch. */
  readonly isCancelled: boolean;
};
