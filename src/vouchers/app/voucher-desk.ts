import type { EpochMs, Page, Result } from "#kernel";
import type { CallContext } from "#platform";
import type {
  CouponTerms,
  VoucherAdjustment,
  VoucherJournalEntry,
  VoucherKind,
  VoucherRefusal,
  VoucherView,
} from "../contract.ts";
import type { TermsMistake } from "../domain/terms.ts";

/** Why staff cannot have it: the voucher's own refusal, or terms that make no sense. */
export type DeskRefusal =
  VoucherRefusal | { readonly code: "invalid_terms"; readonly mistakes: readonly TermsMistake[] };

/** A card or credit as staff issue it. */
export type AccountOrder = {
  /** Names the issue: a repeat with the same key gives the same card and code. */
  readonly issueKey: string;
  /** A code that was printed elsewhere: 20 characters of Crockford base 32. Absent: one is made. */
  readonly code?: string;
  /** Whose credit it is; absent for a gift card. */
  readonly customer?: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly note: string;
  readonly validUntil?: EpochMs;
};

/** An issued card; its code is told this once and stored nowhere. */
export type IssuedAccount = { readonly view: VoucherView; readonly code: string };

/** What may be changed about a card or credit. */
export type AccountChange = {
  readonly note?: string;
  readonly isDisabled?: boolean;
  /** `null` takes the end away. */
  readonly validUntil?: EpochMs | null;
};

export type VoucherListQuery = {
  readonly kind: VoucherKind;
  readonly search?: string;
  readonly cursor?: string;
  readonly limit: number;
};

type Answer = Promise<Result<VoucherView, DeskRefusal>>;

/** What staff do with vouchers. Lists come from the copies in D1; everything else asks the voucher itself. */
export type VoucherDesk = {
  list(query: VoucherListQuery): Promise<Result<Page<VoucherView>, { readonly code: "invalid_cursor" }>>;
  view(voucherId: string): Promise<VoucherView | undefined>;
  /** Newest first; `before` is exclusive. */
  journal(
    voucherId: string,
    page: { readonly before?: number; readonly limit: number },
  ): Promise<readonly VoucherJournalEntry[]>;
  /** Issues the coupon, or replaces its terms. Repeating changes nothing. */
  saveCoupon(
    input: { readonly terms: CouponTerms; readonly expectedVersion?: number; readonly isNew?: boolean },
    call: CallContext,
  ): Answer;
  issueAccount(order: AccountOrder, call: CallContext): Promise<Result<IssuedAccount, DeskRefusal>>;
  changeAccount(
    input: {
      readonly voucherId: string;
      readonly change: AccountChange;
      readonly expectedVersion?: number;
    },
    call: CallContext,
  ): Answer;
  adjust(
    input: { readonly voucherId: string; readonly adjustment: VoucherAdjustment },
    call: CallContext,
  ): Answer;
};
