import { ok, refuse, type Result } from "#kernel";
import { createLogger, describeError, hmacSha256, type CallContext, type ObjectNamespace } from "#platform";
import type {
  GiftCardTerms,
  StoreCreditTerms,
  VoucherRefusal,
  VoucherRpc,
  VoucherTerms,
  VoucherView,
} from "../contract.ts";
import type { AccountOrder, DeskRefusal, IssuedAccount, VoucherDesk } from "../app/voucher-desk.ts";
import {
  cleanCustomer,
  couponId,
  giftCardId,
  hintOf,
  makeSecretCode,
  parseSecretCode,
} from "../domain/codes.ts";
import { mistakesOfTerms } from "../domain/terms.ts";
import { projectVouchers } from "./voucher-projector.ts";
import { creditIdOf, hashCode } from "./voucher-names.ts";
import { listVouchers } from "./voucher-queries.ts";

type DeskOptions = {
  readonly db: D1Database;
  readonly vouchers: ObjectNamespace<VoucherRpc>;
  /** Secret from which codes are made, so that a repeated issue gives the same code. */
  readonly secret: string;
};

type Answer = Result<VoucherView, DeskRefusal>;

/** Staff's desk over the voucher objects. What was changed is copied to D1 at once; the object's own event mends a failure. */
export function createVoucherDesk({ db, vouchers, secret }: DeskOptions): VoucherDesk {
  const shown = async (answer: Result<VoucherView, VoucherRefusal>, call: CallContext): Promise<Answer> => {
    if (!answer.ok) return answer;
    await projectVouchers(db, [answer.value]).catch((error: unknown) => {
      createLogger("vouchers", call.traceparent).warn("vouchers.copy_late", { reason: describeError(error) });
    });
    return answer;
  };
  return {
    list: (query) => listVouchers(db, query),
    view: (voucherId) => vouchers.getByName(voucherId).view(),
    journal: (voucherId, page) => vouchers.getByName(voucherId).journal(page),
    async saveCoupon({ terms, expectedVersion, isNew = false }, call) {
      const mistakes = mistakesOfTerms(terms);
      if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
      const coupon = vouchers.getByName(couponId(terms.code));
      const reason = "coupon saved";
      const issued = await coupon.issue({ terms, reason }, call);
      if (issued.ok || isNew || issued.refusal.code !== "voucher_exists") return shown(issued, call);
      const expected = expectedVersion === undefined ? {} : { expectedVersion };
      return shown(await coupon.edit({ terms, reason, ...expected }, call), call);
    },
    issueAccount: (order, call) => issue({ vouchers, secret, shown }, order, call),
    async changeAccount({ voucherId, change, expectedVersion }, call) {
      const object = vouchers.getByName(voucherId);
      const before = await object.view();
      if (!before || before.terms.kind === "coupon") return refuse({ code: "voucher_unknown" });
      const { validUntil: ended, ...kept } = before.terms;
      const { validUntil = ended, ...others } = change;
      const terms = {
        ...kept,
        ...others,
        ...(validUntil === undefined || validUntil === null ? {} : { validUntil }),
      };
      const mistakes = mistakesOfTerms(terms);
      if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
      const version = expectedVersion ?? before.version;
      return shown(
        await object.edit({ terms, expectedVersion: version, reason: "terms changed" }, call),
        call,
      );
    },
    adjust: async ({ voucherId, adjustment }, call) =>
      shown(await vouchers.getByName(voucherId).adjust(adjustment, call), call),
  };
}

type IssueWith = Pick<DeskOptions, "vouchers" | "secret"> & {
  readonly shown: (answer: Result<VoucherView, VoucherRefusal>, call: CallContext) => Promise<Answer>;
};

async function issue(
  { vouchers, secret, shown }: IssueWith,
  order: AccountOrder,
  call: CallContext,
): Promise<Result<IssuedAccount, DeskRefusal>> {
  const code =
    order.code === undefined
      ? makeSecretCode(await hmacSha256(secret, JSON.stringify(["voucher", order.issueKey])))
      : parseSecretCode(order.code);
  if (code === undefined)
    return refuse({
      code: "invalid_terms",
      mistakes: [{ field: "code", detail: "A code has 20 digits and letters, without I, L, O and U." }],
    });
  const { voucherId, terms } = await accountOf(order, code);
  const mistakes = mistakesOfTerms(terms);
  if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
  const opening = { adjustmentId: order.issueKey, amountMinor: order.amountMinor, reason: "issued by staff" };
  const answer = await vouchers
    .getByName(voucherId)
    .issue({ terms, opening, reason: "issued by staff" }, call);
  const view = await shown(answer, call);
  return view.ok ? ok({ view: view.value, code }) : view;
}

async function accountOf(
  order: AccountOrder,
  code: string,
): Promise<{ readonly voucherId: string; readonly terms: VoucherTerms }> {
  const codeHash = await hashCode(code);
  const gift: GiftCardTerms = {
    kind: "gift_card",
    note: order.note,
    currency: order.currency,
    hint: hintOf(code),
    isDisabled: false,
    ...(order.validUntil === undefined ? {} : { validUntil: order.validUntil }),
  };
  if (order.customer === undefined) return { voucherId: giftCardId(codeHash), terms: gift };
  const customer = cleanCustomer(order.customer);
  const credit: StoreCreditTerms = { ...gift, kind: "store_credit", customer, codeHash };
  return { voucherId: await creditIdOf(customer), terms: credit };
}
