import { epochMs, ok, refuse, type StaffDraftId } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type { StaffDraft, StaffDraftDocument } from "../app/staff-draft.ts";
import type { StaffDraftStore } from "../app/staff-draft-desk.ts";

const MAX_PAGE = 100;

type Row = {
  readonly id: StaffDraftId;
  readonly status: StaffDraft["status"];
  readonly version: number;
  readonly document: string;
  readonly cart_id: StaffDraft["cartId"];
  readonly checkout_id: StaffDraft["checkoutId"];
  readonly order_id: NonNullable<StaffDraft["orderId"]> | null;
  readonly created_by: string;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
};

/** Drafts in D1. Each write is one statement. */
export const createStaffDraftStore = (db: D1Database): StaffDraftStore => ({
  async create(draft) {
    await db
      .prepare(
        `INSERT INTO staff_drafts (id, status, version, document, cart_id, checkout_id, order_id, created_by, created_at_ms, updated_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(
        draft.draftId,
        draft.status,
        draft.version,
        JSON.stringify(draft.document),
        draft.cartId,
        draft.checkoutId,
        draft.orderId ?? null,
        draft.createdBy,
        draft.createdAt,
        draft.updatedAt,
      )
      .run();
  },

  async find(draftId) {
    const row = await db.prepare("SELECT * FROM staff_drafts WHERE id = ?").bind(draftId).first<Row>();
    return row ? readDraft(row) : undefined;
  },

  async replace(draft, expectedVersion) {
    const { meta } = await db
      .prepare(
        "UPDATE staff_drafts SET status = ?, version = ?, document = ?, order_id = ?, updated_at_ms = ? WHERE id = ? AND version = ?",
      )
      .bind(
        draft.status,
        draft.version,
        JSON.stringify(draft.document),
        draft.orderId ?? null,
        draft.updatedAt,
        draft.draftId,
        expectedVersion,
      )
      .run();
    return meta.changes === 1;
  },

  list: (request) => listDrafts(db, request),
});

async function listDrafts(
  db: D1Database,
  { status, cursor, limit }: Parameters<StaffDraftStore["list"]>[0],
): ReturnType<StaffDraftStore["list"]> {
  const position = readCursor(cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const count = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);
  const conditions = [
    ...(status === undefined ? [] : ["status = ?"]),
    ...(position.length === 0 ? [] : ["(updated_at_ms, id) < (?, ?)"]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const { results } = await db
    .prepare(`SELECT * FROM staff_drafts ${where} ORDER BY updated_at_ms DESC, id DESC LIMIT ?`)
    .bind(...(status === undefined ? [] : [status]), ...position, count + 1)
    .all<Row>();
  return ok(keysetPage(results, count, { item: readDraft, key: (row) => [row.updated_at_ms, row.id] }));
}

const readDraft = (row: Row): StaffDraft => ({
  draftId: row.id,
  status: row.status,
  version: row.version,
  // Written by this adapter only, from a checked document.
  document: JSON.parse(row.document) as StaffDraftDocument,
  cartId: row.cart_id,
  checkoutId: row.checkout_id,
  ...(row.order_id === null ? {} : { orderId: row.order_id }),
  createdBy: row.created_by,
  createdAt: epochMs(row.created_at_ms),
  updatedAt: epochMs(row.updated_at_ms),
});
