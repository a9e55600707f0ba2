import type { D1Read, D1Reader } from "#platform";
import type { Customer, CustomerId, CustomerTerms, TaxStatus } from "../contract.ts";

type TermsRow = {
  readonly id: CustomerId;
  readonly customer_group: string | null;
  readonly tax_status: TaxStatus;
  readonly tax_id: string | null;
};
export type CustomerRow = TermsRow & {
  readonly email: string;
  readonly note: string;
  readonly link_version: number;
  readonly version: number;
  readonly updated_at_ms: number;
};

const TERMS = "id, customer_group, tax_status, tax_id";
export const CUSTOMER_COLUMNS = `${TERMS}, email, note, link_version, version, updated_at_ms`;
export const CUSTOMER_TERMS_SQL = `SELECT ${TERMS} FROM customers WHERE id = ?1`;

const toTerms = (row: TermsRow): CustomerTerms => ({
  customerId: row.id,
  taxStatus: row.tax_status,
  ...(row.customer_group === null ? {} : { customerGroup: row.customer_group }),
  ...(row.tax_id === null ? {} : { taxId: row.tax_id }),
});

export const toCustomer = (row: CustomerRow): Customer => ({
  ...toTerms(row),
  email: row.email,
  note: row.note,
  version: row.version,
  updatedAtMs: row.updated_at_ms,
});

/** What the till has to know about a buyer, by key; nothing for one whom staff have taken out. */
export const customerTermsRead = (db: D1Reader, customerId: string): D1Read<CustomerTerms | undefined> => ({
  statement: db.prepare(CUSTOMER_TERMS_SQL).bind(customerId),
  // The columns are those of the statement above.
  parse: (rows) => (rows as readonly TermsRow[]).map(toTerms)[0],
});
