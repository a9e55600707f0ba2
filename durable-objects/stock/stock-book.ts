import { epochMs, invariant, type EpochMs } from "#kernel";
import type { HoldDecision, HoldRecord } from "../../src/inventory/domain/holds.ts";
import { factsOf, replay } from "../../src/inventory/domain/journal.ts";
import { evolve, unitsAt, type Movement, type StockState } from "../../src/inventory/domain/level.ts";
import { CHECKPOINT_EVERY } from "../../src/inventory/domain/limits.ts";
import { DocumentTable } from "./document-table.ts";
import { EscrowTable } from "./escrow-table.ts";
import { HoldTable } from "./hold-table.ts";
import { StockStore, type MovementNote } from "./stock-store.ts";

type Memory = {
  state: StockState;
  /** Units that open holds claim, by location, counted from the holds themselves. */
  claimed: Map<string, number>;
  /** Not after the time at which the first row of the holds wants to be looked at. */
  dueAt: EpochMs | undefined;
};

/**
 * A stock object's level in memory, rebuilt from its journal, and the one way to change it. Every change states the
 * object's invariants: a violation is a defect that rolls the transaction back, and one that is found on waking stops
 * the object.
 */
export class StockBook {
  readonly store: StockStore;
  readonly holds: HoldTable;
  readonly documents: DocumentTable;
  readonly escrow: EscrowTable;
  readonly #nameOf: () => string;
  // A cache of the tables; forgotten when a transaction is rolled back.
  #memory: Memory | undefined;

  constructor(sql: SqlStorage, nameOf: () => string) {
    this.store = new StockStore(sql);
    this.holds = new HoldTable(sql);
    this.documents = new DocumentTable(sql);
    this.escrow = new EscrowTable(sql);
    this.#nameOf = nameOf;
  }

  get state(): StockState {
    return this.#known.state;
  }

  /** When a hold wants to be looked at, or earlier. */
  get dueAt(): EpochMs | undefined {
    return this.#known.dueAt;
  }

  forget(): void {
    this.#memory = undefined;
  }

  get #known(): Memory {
    this.#memory ??= this.#read();
    return this.#memory;
  }

  #read(): Memory {
    const start = this.store.checkpoint(this.#nameOf());
    const state = replay(start, this.store.entriesAfter(start.version));
    const claimed = this.holds.claimed();
    for (const location of [...state.locations.keys(), ...claimed.keys()])
      checkHeld(state, claimed, location);
    return { state, claimed, dueAt: this.holds.nextDue() };
  }

  /** Writes movements into the journal and applies them. Call it inside a transaction. */
  move(movements: readonly Movement[], note: MovementNote): void {
    const memory = this.#known;
    for (const movement of movements) {
      memory.state = evolve(memory.state, movement);
      this.store.append(factsOf(memory.state, movement), note);
      if (memory.state.version % CHECKPOINT_EVERY === 0) this.store.saveCheckpoint(memory.state);
      checkHeld(memory.state, memory.claimed, movement.location);
    }
  }

  /** Stores a decided claim and its movements; `existing` is the claim as it was. Call it inside a transaction. */
  settle(decision: HoldDecision, existing: HoldRecord | undefined, note: MovementNote): void {
    const { hold, movements, isRepeat } = decision;
    if (isRepeat) return;
    // Read before the tables change: an object that has just woken up would count this claim as it will be, not as it was.
    const { claimed } = this.#known;
    if (existing) this.holds.update(hold, note.occurredAt);
    else this.holds.insert(hold, note.occurredAt);
    if (hold.status === "held") this.dueBy(hold.expiresAt);
    if (existing) count(claimed, existing, -1);
    count(claimed, hold, 1);
    this.move(movements, note);
  }

  /** A row of the holds wants to be looked at by then. */
  dueBy(at: EpochMs): void {
    const memory = this.#known;
    memory.dueAt = memory.dueAt === undefined ? at : epochMs(Math.min(memory.dueAt, at));
  }

  /** Asks the table anew, after rows were looked at. */
  refreshDue(): void {
    this.#known.dueAt = this.holds.nextDue();
  }
}

/** Adds an open claim's units to their locations, or takes them off. */
function count(claimed: Map<string, number>, hold: HoldRecord, sign: 1 | -1): void {
  if (hold.status !== "held" || !hold.isCounted) return;
  for (const { location, quantity } of hold.allocations)
    claimed.set(location, (claimed.get(location) ?? 0) + sign * quantity);
}

function checkHeld(state: StockState, claimed: ReadonlyMap<string, number>, location: string): void {
  invariant(
    unitsAt(state, location).held === (claimed.get(location) ?? 0),
    `${state.sku} at ${location}: units held are the sum of the open holds`,
  );
}
