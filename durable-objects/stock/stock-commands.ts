import type {
  Adjustment,
  Hold,
  HoldPage,
  Incoming,
  OpenStock,
  StockRefusal,
  TransferCommand,
} from "#inventory";
import { mapOk, ok, type Page, type Result } from "#kernel";
import { readCursor } from "#platform";
import { decideAdjustment, decideIncoming, openUnits } from "../../src/inventory/domain/adjustments.ts";
import type { HoldRecord } from "../../src/inventory/domain/holds.ts";
import type { Movement } from "../../src/inventory/domain/level.ts";
import { MAX_OPEN_ROWS } from "../../src/inventory/domain/limits.ts";
import { decideTransfer, type TransferDecision } from "../../src/inventory/domain/transfers.ts";
import type { StockBook } from "./stock-book.ts";

// Each looks up what the decision needs, stores the document that it changes, and hands the movements back to be written
// in the same transaction. A repeat has no movements.

/** Carries an adjustment out, once by its id. */
export function applyAdjustment(
  { state, store, documents }: StockBook,
  adjustment: Adjustment,
): Result<readonly Movement[], StockRefusal> {
  const { announcementId } = adjustment;
  const commandId = `adjustment:${adjustment.adjustmentId}`;
  if (store.isDone(commandId)) return ok([]);
  const announcement = announcementId === undefined ? undefined : documents.announcement(announcementId);
  const decision = decideAdjustment(state, adjustment, { announcement });
  return mapOk(decision, ({ movements, incoming }) => {
    store.remember(commandId, state.version);
    if (incoming) documents.saveAnnouncement(incoming);
    return movements;
  });
}

/** Takes an announcement over; the same one again changes nothing. */
export function applyAnnouncement(
  { state, documents }: StockBook,
  request: Incoming,
): Result<readonly Movement[], StockRefusal> {
  const decision = decideIncoming(state, documents.announcement(request.announcementId), request);
  return mapOk(decision, ({ movements, incoming }) => {
    if (incoming) documents.saveAnnouncement(incoming);
    return movements;
  });
}

/** Carries a step of a transfer out, once by its ids. */
export function applyTransfer(
  { state, store, documents }: StockBook,
  command: TransferCommand,
): Result<TransferDecision, StockRefusal> {
  const existing = documents.transfer(command.transferId);
  const stepId = "stepId" in command ? `transfer:${command.transferId}/${command.stepId}` : undefined;
  if (existing && stepId !== undefined && store.isDone(stepId))
    return ok({ transfer: existing, movements: [] });
  return mapOk(decideTransfer(state, existing, command), (decision) => {
    documents.saveTransfer(decision.transfer);
    if (stepId !== undefined) store.remember(stepId, state.version);
    return decision;
  });
}

/** What is not settled yet. */
export const openStock = ({ holds, documents }: StockBook): OpenStock => ({
  holds: holds.open(MAX_OPEN_ROWS).items.map(holdOf),
  incoming: documents
    .openAnnouncements(MAX_OPEN_ROWS)
    .map((record) => ({ ...record, quantity: openUnits(record) })),
  transfers: documents.openTransfers(MAX_OPEN_ROWS),
});

/** One page of the open holds; nothing for a cursor that is not of this list. */
export function pageOfHolds({ holds }: StockBook, { cursor, limit }: HoldPage): Page<Hold> | undefined {
  const after = readCursor(cursor, ["number", "string"]);
  if (!after) return undefined;
  const page = holds.open(Math.min(Math.max(1, Math.trunc(limit)), MAX_OPEN_ROWS), after);
  return { ...page, items: page.items.map(holdOf) };
}

/** A hold as others see it. */
export const holdOf = ({ isCounted: _isCounted, ...hold }: HoldRecord): Hold => hold;
