import { ok, refuse, type Result } from "#kernel";
import type { Address, EditPreview, EditRequest, OrderDraft, OrderRefusal } from "../contract.ts";
import { refundableMinor } from "./funds.ts";
import { MAX_EDITS } from "./limits.ts";
import { isLive, type OrderState } from "./state.ts";
import { demandBySku, parcelledOf, surplus } from "./units.ts";

/**
 * What an edit would do to the order as it stands; the same check decides whether it may start. Precedence: the order
 * can be edited, no other edit is open, nobody changed it meanwhile, the new draft fits, the return can pay.
 */
export function previewEdit(state: OrderState, edit: EditRequest): Result<EditPreview, OrderRefusal> {
  if (!isLive(state.status))
    return refuse({ code: "transition_refused", status: state.status, command: "apply-edit" });
  if (state.edit) return refuse({ code: "edit_open", editId: state.edit.editId });
  if (state.edits.length >= MAX_EDITS)
    return refuse({ code: "limit_reached", limit: MAX_EDITS, of: "edits" });
  if (edit.expectedVersion !== state.version)
    return refuse({ code: "version_conflict", version: state.version });
  const mistake = draftMistake(state, edit.draft);
  if (mistake !== undefined) return refuse({ code: "edit_invalid", detail: mistake });
  const credit = creditOf(state, edit);
  if (!credit.ok) return credit;
  return ok(differenceOf(state, edit.draft, credit.value));
}

function differenceOf(state: OrderState, draft: OrderDraft, creditMinor: number): EditPreview {
  const before = demandBySku(state.draft);
  const afterwards = demandBySku(draft);
  const differenceMinor = draft.totalMinor - state.draft.totalMinor;
  const netMinor = differenceMinor - creditMinor;
  return {
    version: state.version,
    differenceMinor,
    creditMinor,
    dueMinor: Math.max(0, netMinor),
    // What was given back before, out of kindness, is not given back twice.
    refundMinor: Math.min(Math.max(0, 0 - netMinor), refundableMinor(state)),
    addedUnits: surplus(afterwards, before),
    removedUnits: surplus(before, afterwards),
    isAddressChanged: !isSameAddress(draft.address, state.draft.address),
    isDeliveryChanged: draft.delivery.methodId !== state.draft.delivery.methodId,
  };
}

/** Why this draft cannot follow the order's own; `undefined` when it can. */
function draftMistake(state: OrderState, draft: OrderDraft): string | undefined {
  const old = state.draft;
  if (draft.currency !== old.currency) return "The currency of an order stays.";
  if (draft.cartId !== old.cartId || draft.checkoutId !== old.checkoutId)
    return "An order stays with its cart and checkout.";
  if (JSON.stringify(draft.tenders) !== JSON.stringify(old.tenders))
    return "Gift cards and credit stay as they were placed.";
  if (draft.lines.length === 0) return "An order keeps at least one line; cancel it instead.";
  if (new Set(draft.lines.map((line) => line.lineId)).size !== draft.lines.length)
    return "Each line has an id of its own.";
  const goods = draft.lines.reduce((sum, line) => sum + line.totalMinor + (line.addedTaxMinor ?? 0), 0);
  const sums = goods + draft.deliveryMinor + (draft.delivery.addedTaxMinor ?? 0);
  if (sums !== draft.totalMinor) return "The total is not the sum of its lines and the delivery.";
  const isWhole = draft.lines.every((line) => Number.isSafeInteger(line.quantity) && line.quantity >= 1);
  if (!isWhole || draft.totalMinor < 0) return "Quantities and amounts are whole and not negative.";
  return parcelMistake(state, draft);
}

/** Units in a parcel stay what they are, and an order that is on its way keeps its address. */
function parcelMistake(state: OrderState, draft: OrderDraft): string | undefined {
  for (const line of state.draft.lines) {
    const packed = parcelledOf(state, line.lineId);
    const kept = draft.lines.find((entry) => entry.lineId === line.lineId);
    if (kept && kept.sku !== line.sku)
      return `The line ${line.lineId} keeps its goods; add a new line instead.`;
    if ((kept?.quantity ?? 0) < packed) return `${packed} units of ${line.title} are in a parcel already.`;
  }
  const hasParcels = state.parcels.length > 0;
  if (hasParcels && !isSameAddress(draft.address, state.draft.address))
    return "A parcel is on its way to the old address.";
  return undefined;
}

function creditOf(state: OrderState, edit: EditRequest): Result<number, OrderRefusal> {
  if (!edit.exchange) return ok(0);
  const { returnId } = edit.exchange;
  const entry = state.returns.find((candidate) => candidate.returnId === returnId);
  if (!entry) return refuse({ code: "return_unknown", returnId });
  if (entry.status !== "receiving" && entry.status !== "received")
    return refuse({ code: "return_invalid", detail: "Nothing of this return has come back." });
  const leftMinor = entry.valueMinor - entry.creditedMinor;
  // What the replacements do not use up stays with the return, and goes back when it is closed.
  const differenceMinor = edit.draft.totalMinor - state.draft.totalMinor;
  return ok(Math.max(0, Math.min(leftMinor, refundableMinor(state), differenceMinor)));
}

const FIELDS = [
  "fullName",
  "company",
  "line1",
  "line2",
  "district",
  "city",
  "region",
  "postalCode",
  "country",
  "phone",
] as const satisfies readonly (keyof Address)[];

const isSameAddress = (left: Address, right: Address): boolean =>
  FIELDS.every((field) => (left[field] ?? "") === (right[field] ?? ""));
