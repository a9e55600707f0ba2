import type { ObjectNamespace } from "#platform";
import type { VoucherRpc, VoucherView } from "#vouchers";
import type { VoucherBook } from "../app/ports.ts";
import { imageOf } from "../domain/image.ts";

type Rows = { readonly version: number; readonly parts: Readonly<Record<string, unknown>> };

/** The vouchers' own room, as far as reconciliation reads and writes it; filled by the Worker. */
export type VoucherSources = {
  readonly objects: ObjectNamespace<
    Pick<VoucherRpc, "audit" | "view" | "release" | "commit" | "acknowledge">
  >;
  /** What D1 should have of a voucher, as plain rows. */
  readonly expected: (view: VoucherView) => Readonly<Record<string, unknown>>;
  listIds(page: { readonly after: string; readonly limit: number }): Promise<readonly string[]>;
  read(voucherIds: readonly string[]): Promise<ReadonlyMap<string, Rows>>;
  rewrite(view: VoucherView, seenVersion: number | undefined): Promise<void>;
};

/** Reaches voucher objects and their copies. A fresh stub per call: a broken one stays broken. */
export const createVoucherBook = ({ objects, ...copies }: VoucherSources): VoucherBook => ({
  ids: (page) => copies.listIds(page),
  async images(voucherIds) {
    const rows = await copies.read(voucherIds);
    return new Map([...rows].map(([id, { version, parts }]) => [id, imageOf(version, parts)]));
  },
  async audit(voucherId, page) {
    const audit = await objects.getByName(voucherId).audit(page);
    if (!audit) return undefined;
    const { view, ...rest } = audit;
    return { ...rest, image: imageOf(view.version, copies.expected(view)) };
  },
  async rewrite(voucherId, seen) {
    const view = await objects.getByName(voucherId).view();
    if (view) await copies.rewrite(view, seen?.version);
    return view !== undefined;
  },
  async release(voucherId, claim, call) {
    await objects.getByName(voucherId).release(claim, call);
    return { isDone: true, detail: "Released the claim." };
  },
  async commit(voucherId, claim, call) {
    const answer = await objects.getByName(voucherId).commit(claim, call);
    return answer.ok
      ? { isDone: true, detail: "Committed the claim." }
      : { isDone: false, detail: `The voucher refused: ${answer.refusal.code}.` };
  },
  // Striking nothing still makes the object look at its outbox and its deadlines.
  nudge: (voucherId) => objects.getByName(voucherId).acknowledge("projection", []),
});
