import { invariant, ok, refuse, type Page, type Result } from "#kernel";
import { equalConstantTime, keysetPage, readCursor, secretName } from "#platform";
import type { Customer, CustomerDesk, CustomerId, CustomerInput, CustomerRefusal } from "../contract.ts";
import { MAX_PAGE } from "../limits.ts";
import { CUSTOMER_COLUMNS, toCustomer, type CustomerRow } from "./customer-rows.ts";

type DeskOptions = {
  readonly db: D1Database;
  /** Secret from which the keys of links are made. */
  readonly secret: string;
  readonly now: () => number;
};

/** Staff's desk for customers, on D1. Each write is one statement. */
export function createCustomerDesk(options: DeskOptions): CustomerDesk {
  const { db } = options;
  return {
    list: (request) => listCustomers(db, request),
    async find(customerId) {
      const row = await findRow(db, customerId);
      return row ? ok(toCustomer(row)) : refuse({ code: "customer_unknown" });
    },
    create: (customerId, input) => create(options, customerId, input),
    save: (customerId, input, expectedVersion) => save(options, { customerId, input, expectedVersion }),
    async linkKey(customerId, { isRenewed }) {
      const row = isRenewed ? await renewLink(options, customerId) : await findRow(db, customerId);
      return row ? ok(await keyOf(options.secret, row)) : refuse({ code: "customer_unknown" });
    },
    async recognise(customerId, key) {
      const row = await findRow(db, customerId);
      return row && equalConstantTime(key, await keyOf(options.secret, row)) ? toCustomer(row) : undefined;
    },
  };
}

const keyOf = (secret: string, { id, link_version }: CustomerRow): Promise<string> =>
  secretName(secret, JSON.stringify(["customer", id, link_version]));

const findRow = (db: D1Database, customerId: CustomerId): Promise<CustomerRow | null> =>
  db.prepare(`SELECT ${CUSTOMER_COLUMNS} FROM customers WHERE id = ?1`).bind(customerId).first<CustomerRow>();

const valuesOf = ({ email, customerGroup, taxStatus, taxId, note }: CustomerInput) =>
  [email, customerGroup ?? null, taxStatus, taxId ?? null, note] as const;

async function create(
  { db, now }: DeskOptions,
  customerId: CustomerId,
  input: CustomerInput,
): Promise<Result<Customer, CustomerRefusal>> {
  const row = await db
    .prepare(
      `INSERT INTO customers (id, email, customer_group, tax_status, tax_id, note, link_version, version, updated_at_ms)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 1, ?7) ON CONFLICT DO NOTHING RETURNING ${CUSTOMER_COLUMNS}`,
    )
    .bind(customerId, ...valuesOf(input), now())
    .first<CustomerRow>();
  if (row) return ok(toCustomer(row));
  const known = await findRow(db, customerId);
  // The same request once more.
  return known?.email === input.email ? ok(toCustomer(known)) : refuse({ code: "email_taken" });
}

type Save = {
  readonly customerId: CustomerId;
  readonly input: CustomerInput;
  readonly expectedVersion: number | undefined;
};

async function save(
  { db, now }: DeskOptions,
  { customerId, input, expectedVersion }: Save,
): Promise<Result<Customer, CustomerRefusal>> {
  const other = await db
    .prepare("SELECT 1 FROM customers WHERE email = ?1 AND id <> ?2")
    .bind(input.email, customerId)
    .first();
  if (other) return refuse({ code: "email_taken" });
  const row = await db
    .prepare(
      `UPDATE customers SET email = ?2, customer_group = ?3, tax_status = ?4, tax_id = ?5, note = ?6,
         version = version + 1, updated_at_ms = ?7
       WHERE id = ?1 AND version = coalesce(?8, version) RETURNING ${CUSTOMER_COLUMNS}`,
    )
    .bind(customerId, ...valuesOf(input), now(), expectedVersion ?? null)
    .first<CustomerRow>();
  if (row) return ok(toCustomer(row));
  const known = await findRow(db, customerId);
  return refuse(known ? { code: "version_conflict", version: known.version } : { code: "customer_unknown" });
}

const renewLink = ({ db, now }: DeskOptions, customerId: CustomerId): Promise<CustomerRow | null> =>
  db
    .prepare(
      `UPDATE customers SET link_version = link_version + 1, updated_at_ms = ?2 WHERE id = ?1 RETURNING ${CUSTOMER_COLUMNS}`,
    )
    .bind(customerId, now())
    .first<CustomerRow>();

/** The first text after all that begin with these characters. */
const AFTER = "\u{10FFFF}";

async function listCustomers(
  db: D1Database,
  { email, customerGroup, cursor, limit }: Parameters<CustomerDesk["list"]>[0],
): Promise<Result<Page<Customer>, CustomerRefusal>> {
  const position = readCursor(cursor, ["string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const count = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);
  const [after = ""] = position;
  invariant(typeof after === "string", "the cursor of customers is an address");
  const start = email?.toLowerCase() ?? "";
  const group = customerGroup === undefined ? "" : "customer_group = ?4 AND";
  const { results } = await db
    .prepare(
      `SELECT ${CUSTOMER_COLUMNS} FROM customers
       WHERE ${group} email > ?1 AND email >= ?2 AND email < ?3
       ORDER BY email LIMIT ${count + 1}`,
    )
    .bind(after, start, start + AFTER, ...(customerGroup === undefined ? [] : [customerGroup]))
    .all<CustomerRow>();
  return ok(keysetPage(results, count, { item: toCustomer, key: (row) => [row.email] }));
}
