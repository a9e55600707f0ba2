import { epochMs, ok, refuse, type CursorPart, type EpochMs, type Page, type Result } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import { MAX_MAIL_PAGE } from "../limits.ts";

export type MailRow = {
  readonly mailId: string;
  readonly orderId: string;
  readonly template: string;
  readonly recipient: string;
  readonly subject: string;
  readonly createdAt: EpochMs;
};
/** A mail as it was sent. Its link opens the order without a question: show it to staff only. */
export type StoredMail = MailRow & { readonly html: string; readonly text: string };

export type CursorRefusal = { readonly code: "invalid_cursor" };

type RawMail = {
  id: string;
  order_id: string;
  template: string;
  recipient: string;
  subject: string;
  created_at_ms: number;
};

const COLUMNS = "id, order_id, template, recipient, subject, created_at_ms";

/** A page of mails without their bodies, newest first, all or of one order. Refuses a cursor of another list. */
export async function listMails(
  db: D1Database,
  request: { readonly orderId?: string; readonly cursor?: string; readonly limit: number },
): Promise<Result<Page<MailRow>, CursorRefusal>> {
  const position = readCursor(request.cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_MAIL_PAGE);
  const { sql, parameters } = mailListSql(request.orderId, position);
  const { results } = await db
    .prepare(sql)
    .bind(...parameters, limit + 1)
    .all<RawMail>();
  return ok(keysetPage(results, limit, { item: readMail, key: (row) => [row.created_at_ms, row.id] }));
}

/** Exported for the test of its plan. An order has a handful of mails, so those of one order are sorted on reading. */
export function mailListSql(
  orderId: string | undefined,
  position: readonly CursorPart[],
): { readonly sql: string; readonly parameters: readonly CursorPart[] } {
  const filters = [
    "true",
    ...(orderId === undefined ? [] : ["order_id = ?"]),
    ...(position.length === 0 ? [] : ["(created_at_ms, id) < (?, ?)"]),
  ];
  return {
    sql: `SELECT ${COLUMNS} FROM mails INDEXED BY ${orderId === undefined ? "mails_created" : "mails_order"}
      WHERE ${filters.join(" AND ")} ORDER BY created_at_ms DESC, id DESC LIMIT ?`,
    parameters: [...(orderId === undefined ? [] : [orderId]), ...position],
  };
}

/** One mail with its bodies. */
export async function findMail(db: D1Database, mailId: string): Promise<StoredMail | undefined> {
  const row = await db
    .prepare(`SELECT ${COLUMNS}, html, text FROM mails WHERE id = ?`)
    .bind(mailId)
    .first<RawMail & { html: string; text: string }>();
  return row ? { ...readMail(row), html: row.html, text: row.text } : undefined;
}

const readMail = (row: RawMail): MailRow => ({
  mailId: row.id,
  orderId: row.order_id,
  template: row.template,
  recipient: row.recipient,
  subject: row.subject,
  createdAt: epochMs(row.created_at_ms),
});
