import { epochMs, invariant } from "#kernel";
import { BaseObject, type OutboxQueues } from "#platform";
import type { AccountName, LedgerLine, Movement, MovementKind } from "../domain/movements.ts";
import type {
  AccountBalance,
  FaultMode,
  LedgerFilter,
  LedgerRpc,
  MovementSum,
  PostedMovement,
  ReferenceTotals,
  Slice,
} from "./contract.ts";

const MIGRATIONS = [
  `CREATE TABLE movements (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, payment_id TEXT NOT NULL,
    reference TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    occurred_at_ms INTEGER NOT NULL) STRICT`,
  `CREATE INDEX movements_by_reference ON movements (reference, sequence)`,
  `CREATE TABLE lines (sequence INTEGER NOT NULL, line INTEGER NOT NULL, account TEXT NOT NULL,
    debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0), credit_minor INTEGER NOT NULL CHECK (credit_minor >= 0),
    PRIMARY KEY (sequence, line)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE balances (currency TEXT NOT NULL, account TEXT NOT NULL, debit_minor INTEGER NOT NULL,
    credit_minor INTEGER NOT NULL, PRIMARY KEY (currency, account)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE totals (reference TEXT NOT NULL, currency TEXT NOT NULL, kind TEXT NOT NULL, movements INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL, PRIMARY KEY (reference, currency, kind)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE faults (mode TEXT PRIMARY KEY, remaining INTEGER NOT NULL CHECK (remaining > 0)) STRICT`,
];

type MovementRow = {
  sequence: number;
  id: string;
  payment_id: string;
  reference: string;
  kind: MovementKind;
  currency: string;
  amount_minor: number;
  occurred_at_ms: number;
};

/** The provider's book. Sums are kept as movements arrive, so reading them never depends on how many there are. */
export class SandboxLedgerObject extends BaseObject<SandboxEnv> implements LedgerRpc {
  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env, { component: "sandbox-ledger", migrations: MIGRATIONS });
  }

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  protected override async onDue(): Promise<void> {
    // The book has no deadlines.
  }

  async post(movements: readonly Movement[]): Promise<void> {
    this.transact(() => {
      for (const movement of movements) this.#postOne(movement);
    });
  }

  async movements(filter: LedgerFilter & { readonly afterSequence: number }): Promise<Slice<PostedMovement>> {
    const columns = "sequence, id, payment_id, reference, kind, currency, amount_minor, occurred_at_ms";
    const cursor =
      filter.reference === undefined
        ? this.sql.exec<MovementRow>(
            `SELECT ${columns} FROM movements WHERE sequence > ? ORDER BY sequence LIMIT ?`,
            filter.afterSequence,
            filter.limit + 1,
          )
        : this.sql.exec<MovementRow>(
            `SELECT ${columns} FROM movements WHERE reference = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
            filter.reference,
            filter.afterSequence,
            filter.limit + 1,
          );
    return sliceOf(cursor.toArray(), filter.limit, (row) => ({
      ...movementOf(row),
      lines: this.#lines(row.sequence),
    }));
  }

  async totals(
    filter: LedgerFilter & { readonly after?: { readonly reference: string; readonly currency: string } },
  ): Promise<Slice<ReferenceTotals>> {
    const rows = this.sql
      .exec<{ reference: string; currency: string }>(
        `SELECT DISTINCT reference, currency FROM totals
         WHERE (reference, currency) > (?, ?) AND (? IS NULL OR reference = ?) ORDER BY reference, currency LIMIT ?`,
        filter.after?.reference ?? "",
        filter.after?.currency ?? "",
        filter.reference ?? null,
        filter.reference ?? null,
        filter.limit + 1,
      )
      .toArray();
    return sliceOf(rows, filter.limit, (row) => this.#totalsOf(row));
  }

  async balances(): Promise<readonly AccountBalance[]> {
    return this.sql
      .exec<{ currency: string; account: string; debit_minor: number; credit_minor: number }>(
        "SELECT currency, account, debit_minor, credit_minor FROM balances ORDER BY currency, account LIMIT 1000",
      )
      .toArray()
      .map((row) => ({
        currency: row.currency,
        account: row.account,
        debitMinor: row.debit_minor,
        creditMinor: row.credit_minor,
      }));
  }

  async setFault(mode: FaultMode, count: number): Promise<void> {
    if (count === 0) this.sql.exec("DELETE FROM faults WHERE mode = ?", mode);
    else this.sql.exec("INSERT OR REPLACE INTO faults (mode, remaining) VALUES (?, ?)", mode, count);
  }

  async clearFaults(): Promise<void> {
    this.sql.exec("DELETE FROM faults WHERE true");
  }

  async takeFaults(modes: readonly FaultMode[]): Promise<readonly FaultMode[]> {
    const active = this.sql
      .exec<{ mode: FaultMode; remaining: number }>("SELECT mode, remaining FROM faults LIMIT 20")
      .toArray();
    return active.flatMap((fault) => {
      if (!modes.includes(fault.mode)) return [];
      if (fault.remaining === 1) this.sql.exec("DELETE FROM faults WHERE mode = ?", fault.mode);
      else this.sql.exec("UPDATE faults SET remaining = remaining - 1 WHERE mode = ?", fault.mode);
      return [fault.mode];
    });
  }

  #postOne(movement: Movement): void {
    const sum = (side: "debitMinor" | "creditMinor"): number =>
      movement.lines.reduce((total, line) => total + line[side], 0);
    invariant(sum("debitMinor") === sum("creditMinor"), "a movement's debits equal its credits");
    const inserted = this.sql
      .exec<{ sequence: number }>(
        `INSERT INTO movements (id, payment_id, reference, kind, currency, amount_minor, occurred_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING sequence`,
        movement.id,
        movement.paymentId,
        movement.reference,
        movement.kind,
        movement.currency,
        movement.amountMinor,
        movement.occurredAt,
      )
      .toArray()[0];
    if (!inserted) return;
    movement.lines.forEach((line, index) =>
      this.#postLine({ sequence: inserted.sequence, number: index + 1, currency: movement.currency }, line),
    );
    this.sql.exec(
      `INSERT INTO totals (reference, currency, kind, movements, amount_minor) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET movements = movements + 1, amount_minor = amount_minor + excluded.amount_minor`,
      movement.reference,
      movement.currency,
      movement.kind,
      movement.amountMinor,
    );
  }

  #postLine(at: { sequence: number; number: number; currency: string }, line: LedgerLine): void {
    this.sql.exec(
      "INSERT INTO lines (sequence, line, account, debit_minor, credit_minor) VALUES (?, ?, ?, ?, ?)",
      at.sequence,
      at.number,
      line.account,
      line.debitMinor,
      line.creditMinor,
    );
    this.sql.exec(
      `INSERT INTO balances (currency, account, debit_minor, credit_minor) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET debit_minor = debit_minor + excluded.debit_minor, credit_minor = credit_minor + excluded.credit_minor`,
      at.currency,
      line.account,
      line.debitMinor,
      line.creditMinor,
    );
  }

  #lines(sequence: number): readonly LedgerLine[] {
    return this.sql
      .exec<{ account: AccountName; debit_minor: number; credit_minor: number }>(
        "SELECT account, debit_minor, credit_minor FROM lines WHERE sequence = ? ORDER BY line LIMIT 10",
        sequence,
      )
      .toArray()
      .map((row) => ({ account: row.account, debitMinor: row.debit_minor, creditMinor: row.credit_minor }));
  }

  #totalsOf(of: { reference: string; currency: string }): ReferenceTotals {
    const rows = this.sql
      .exec<{ kind: MovementKind; movements: number; amount_minor: number }>(
        "SELECT kind, movements, amount_minor FROM totals WHERE reference = ? AND currency = ? LIMIT 10",
        of.reference,
        of.currency,
      )
      .toArray();
    const sumOf = (kind: MovementKind): MovementSum => {
      const row = rows.find((each) => each.kind === kind);
      return { count: row?.movements ?? 0, amountMinor: row?.amount_minor ?? 0 };
    };
    const { reference, currency } = of;
    return {
      reference,
      currency,
      authorised: sumOf("authorised"),
      captured: sumOf("captured"),
      released: sumOf("released"),
      refunded: sumOf("refunded"),
    };
  }
}

const movementOf = (row: MovementRow): Omit<PostedMovement, "lines"> => ({
  sequence: row.sequence,
  id: row.id,
  paymentId: row.payment_id,
  reference: row.reference,
  kind: row.kind,
  currency: row.currency,
  amountMinor: row.amount_minor,
  occurredAt: epochMs(row.occurred_at_ms),
});

/** Rows were read one beyond the limit: the extra one says that more follow. */
const sliceOf = <Row, Item>(rows: readonly Row[], limit: number, map: (row: Row) => Item): Slice<Item> => ({
  items: rows.slice(0, limit).map(map),
  hasMore: rows.length > limit,
});
