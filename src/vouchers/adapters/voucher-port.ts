import { ok, refuse } from "#kernel";
import type { VoucherPort, VoucherRefusalReason } from "#orders";
import type { ObjectNamespace } from "#platform";
import type { VoucherRefusal, VoucherRpc } from "../contract.ts";
import { kindOfVoucherId } from "../domain/codes.ts";

/** Reaches voucher objects by their id. A fresh stub per call: a broken one stays broken. */
export function createVoucherPort(vouchers: ObjectNamespace<VoucherRpc>): VoucherPort {
  return {
    async hold({ voucherId, ...request }, call) {
      if (kindOfVoucherId(voucherId) === undefined) return { kind: "refused", reason: "unknown" };
      const answer = await vouchers.getByName(voucherId).hold(request, call);
      return answer.ok ? { kind: "held" } : toHoldAnswer(answer.refusal);
    },
    async commit(voucherId, claim, call) {
      const answer = await vouchers.getByName(voucherId).commit(claim, call);
      if (answer.ok) return ok(true);
      return refuse({ code: answer.refusal.code === "hold_gone" ? "hold_gone" : "hold_unknown" });
    },
    async release(voucherId, claim, call) {
      // A name that cannot be a voucher's has held nothing.
      if (kindOfVoucherId(voucherId) !== undefined) await vouchers.getByName(voucherId).release(claim, call);
    },
    async giveBack({ voucherId, ...refund }, call) {
      const answer = await vouchers.getByName(voucherId).giveBack(refund, call);
      return answer.ok ? ok(true) : refuse({ code: "not_spent" });
    },
  };
}

function toHoldAnswer(
  refusal: VoucherRefusal,
): { readonly kind: "gone" } | { readonly kind: "refused"; readonly reason: VoucherRefusalReason } {
  switch (refusal.code) {
    case "voucher_unknown":
      return { kind: "refused", reason: "unknown" };
    case "disabled":
    case "not_yet_valid":
    case "expired":
    case "used_up":
    case "customer_limit":
    case "insufficient":
      return { kind: "refused", reason: refusal.code };
    case "invalid_amount":
      return { kind: "refused", reason: "insufficient" };
    case "hold_gone":
    case "hold_unknown":
    case "hold_mismatch":
    case "voucher_exists":
    case "version_conflict":
      return { kind: "gone" };
  }
}
