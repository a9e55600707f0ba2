import { decodeCursor, encodeCursor, refuse, toIso, type Result } from "#kernel";
import type { PostedMovement } from "../objects/contract.ts";
import { answerJson, answerRefusal } from "./answers.ts";
import { ledgerObject } from "./payment-client.ts";
import type { ApiRefusal } from "./problems.ts";
import { check } from "./read-request.ts";
import { newApp, type SandboxApp } from "./sandbox-app.ts";
import { ledgerQuerySchema } from "./schemas.ts";

const wrongCursor: ApiRefusal = {
  code: "fields_wrong",
  errors: [{ pointer: "/cursor", detail: "Use the nextCursor of the page before." }],
};

/** The provider's book, as a second witness of what happened to the money. */
export function ledgerRoutes(): SandboxApp {
  return newApp()
    .get("/", async (c) => {
      const query = check(c.req.query(), ledgerQuerySchema);
      if (!query.ok) return answerRefusal(query.refusal);
      const after = sequenceIn(query.value.cursor);
      if (!after.ok) return answerRefusal(after.refusal);
      const { cursor: _, ...filter } = query.value;
      const slice = await ledgerObject(c.env).movements({ ...exact(filter), afterSequence: after.value });
      const last = slice.items.at(-1);
      return answerJson({
        items: slice.items.map(movementReply),
        ...(slice.hasMore && last ? { nextCursor: encodeCursor([last.sequence]) } : {}),
      });
    })
    .get("/totals", async (c) => {
      const query = check(c.req.query(), ledgerQuerySchema);
      if (!query.ok) return answerRefusal(query.refusal);
      const { cursor, ...filter } = query.value;
      const after = cursor === undefined ? undefined : decodeCursor(cursor, 2);
      if (cursor !== undefined && !after) return answerRefusal(wrongCursor);
      const ledger = ledgerObject(c.env);
      const place = after ? { after: { reference: String(after[0]), currency: String(after[1]) } } : {};
      const slice = await ledger.totals({ ...exact(filter), ...place });
      const last = slice.items.at(-1);
      return answerJson({
        balances: await ledger.balances(),
        items: slice.items,
        ...(slice.hasMore && last ? { nextCursor: encodeCursor([last.reference, last.currency]) } : {}),
      });
    });
}

function sequenceIn(cursor: string | undefined): Result<number, ApiRefusal> {
  if (cursor === undefined) return { ok: true, value: 0 };
  const part = decodeCursor(cursor, 1)?.[0];
  return typeof part === "number" && Number.isSafeInteger(part)
    ? { ok: true, value: part }
    : refuse(wrongCursor);
}

const exact = (filter: {
  limit: number;
  reference?: string | undefined;
}): { limit: number; reference?: string } =>
  filter.reference === undefined
    ? { limit: filter.limit }
    : { limit: filter.limit, reference: filter.reference };

function movementReply(movement: PostedMovement): object {
  const { lines, currency, amountMinor, occurredAt, ...rest } = movement;
  return { ...rest, amount: { currency, amountMinor }, occurredAt: toIso(occurredAt), entries: lines };
}
