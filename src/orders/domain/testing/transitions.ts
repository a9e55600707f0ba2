import { after, MINUTE_MS } from "#kernel";
import type { OrderStatus } from "../../contract.ts";
import { decide } from "../decide.ts";
import { afterAll } from "../decision.ts";
import type { OrderCommand } from "../commands.ts";
import { nextSteps, pollsOf, stepName } from "../steps.ts";
import type { OrderState } from "../state.ts";

/** A command with a name for the table. */
export type NamedCommand = { readonly name: string; readonly of: (state: OrderState) => OrderCommand };

export type TransitionTable = {
  readonly statuses: readonly OrderStatus[];
  readonly commands: readonly string[];
  /** By `status command`: the statuses it can lead to, `·` for nothing, `–` when it is refused in every state walked. */
  readonly cells: ReadonlyMap<string, string>;
  /** Calls that the order owes or questions that it asks, by status. */
  readonly calls: ReadonlyMap<OrderStatus, readonly string[]>;
};

const MAX_STATES = 4_000;

/**
 * Walks from a placed order through everything that commands lead to, and notes which status leads to which. States that
 * differ only in what never decides anything are walked once.
 */
export function walkTransitions(start: OrderState, commands: readonly NamedCommand[]): TransitionTable {
  const cells = new Map<string, Set<string>>();
  const calls = new Map<OrderStatus, Set<string>>();
  const seen = new Set<string>([shapeOf(start)]);
  const queue = [start];
  for (let state = queue.shift(); state && seen.size < MAX_STATES; state = queue.shift()) {
    noteCalls(calls, state);
    for (const { name, of } of commands) {
      const now = after(state.updatedAt, MINUTE_MS);
      const decision = decide(state, of(state), now);
      const cell = cells.get(`${state.status} ${name}`) ?? new Set();
      cells.set(`${state.status} ${name}`, cell);
      if (!decision.ok) continue;
      if (decision.value.length === 0) {
        cell.add("·");
        continue;
      }
      const next = afterAll(state, decision.value, now);
      cell.add(next.status === state.status ? "same" : next.status);
      if (!seen.has(shapeOf(next))) queue.push(next);
      seen.add(shapeOf(next));
    }
  }
  return {
    statuses: [...calls.keys()],
    commands: commands.map(({ name }) => name),
    cells: new Map([...cells].map(([key, cell]) => [key, wordOf(cell)])),
    calls: new Map([...calls].map(([status, names]) => [status, [...names].sort()])),
  };
}

const wordOf = (cell: ReadonlySet<string>): string => {
  const words = [...cell].sort();
  const told = words.length > 1 ? words.filter((word) => word !== "·") : words;
  return told.length === 0 ? "–" : told.join(", ");
};

function noteCalls(calls: Map<OrderStatus, Set<string>>, state: OrderState): void {
  const names = calls.get(state.status) ?? new Set<string>();
  calls.set(state.status, names);
  for (const step of nextSteps(state)) names.add(stepName(step).replace(/:.*/, ""));
  for (const poll of pollsOf(state)) names.add(`ask about the ${poll.kind}`);
}

/** What decides: not when or how often. */
function shapeOf(state: OrderState): string {
  const { status, payment, edit, isCommitted, attentionReason, captureAttempt, draft } = state;
  return JSON.stringify([
    status,
    payment.kind,
    isCommitted,
    attentionReason,
    Math.min(captureAttempt, 2),
    edit && [edit.stage, edit.payment.kind, edit.dueMinor > 0],
    state.edits.length > 0,
    draft.lines.length,
    state.parcels.map((parcel) => parcel.status),
    state.takeBacks.some((unit) => !unit.isDone),
    [...new Set(state.refunds.flatMap((refund) => refund.movements).map((movement) => movement.status))],
    state.returns.map((entry) => entry.status),
  ]);
}

/** The table as the page that is kept in the repository. */
export function printTransitions({ statuses, commands, cells, calls }: TransitionTable): string {
  const rows = statuses.map((status) => {
    const told = commands
      .map((command) => ({ command, word: cells.get(`${status} ${command}`) ?? "–" }))
      .filter(({ word }) => word !== "–" && word !== "·");
    const lines = told.map(({ command, word }) => `- ${command} → ${word}`);
    const owed = calls.get(status) ?? [];
    const owes = owed.length === 0 ? "Waits for people or parcels." : `May owe or ask: ${owed.join(", ")}.`;
    return [`## ${status}`, "", owes, "", ...lines, ""].join("\n");
  });
  return [
    "# Transitions of an order",
    "",
    "Made by a walk of the deciders through every state that the commands of `testing/every-command.ts` reach;",
    "`UPDATE=1` with the test `transitions.test.ts` writes it anew, and the test fails when it is stale. `same`: something",
    "happens and the status stays. A command that is not named is refused there, or changes nothing.",
    "",
    `${rows.join("\n").trimEnd()}\n`,
  ].join("\n");
}
