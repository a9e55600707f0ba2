import { ok, refuse } from "#kernel";
import type { ClaimName, VoucherPort, VoucherRefusalReason } from "#orders";

type Claim = { status: "held" | "committed" | "released"; readonly amountMinor: number };

/** Voucher objects in memory with a ledger of their own. Every voucher exists unless it is told to refuse. */
export class FakeVouchers implements VoucherPort {
  readonly claims = new Map<string, Claim>();
  readonly givenBack = new Map<string, number>();
  readonly refusals = new Map<string, VoucherRefusalReason>();

  hold: VoucherPort["hold"] = ({ voucherId, amountMinor, ...claim }) => {
    const reason = this.refusals.get(voucherId);
    if (reason) return Promise.resolve({ kind: "refused", reason });
    const known = this.claims.get(keyOf(voucherId, claim));
    if (known?.status === "released") return Promise.resolve({ kind: "gone" });
    if (!known) this.claims.set(keyOf(voucherId, claim), { status: "held", amountMinor });
    return Promise.resolve({ kind: "held" });
  };

  commit: VoucherPort["commit"] = (voucherId, claim) => {
    const known = this.claims.get(keyOf(voucherId, claim));
    if (!known) return Promise.resolve(refuse({ code: "hold_unknown" }));
    if (known.status === "released") return Promise.resolve(refuse({ code: "hold_gone" }));
    known.status = "committed";
    return Promise.resolve(ok(true));
  };

  release: VoucherPort["release"] = (voucherId, claim) => {
    const amountMinor = this.claims.get(keyOf(voucherId, claim))?.amountMinor ?? 0;
    this.claims.set(keyOf(voucherId, claim), { status: "released", amountMinor });
    return Promise.resolve();
  };

  giveBack: VoucherPort["giveBack"] = ({ voucherId, refundId, amountMinor }) => {
    const key = `${voucherId} ${refundId}`;
    if (!this.givenBack.has(key)) this.givenBack.set(key, amountMinor);
    return Promise.resolve(ok(true));
  };
}

const keyOf = (voucherId: string, { orderId, part }: ClaimName): string => `${voucherId} ${orderId} ${part}`;
