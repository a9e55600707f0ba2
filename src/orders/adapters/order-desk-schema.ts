import * as z from "zod";
import type { OrderView, Refund, RefundMovement } from "../contract.ts";
import { count, draft, instant, minor, optional, shortage, text, word } from "./order-draft-schema.ts";

const movement = z.looseObject({
  movementId: text,
  target: z.union([
    z.looseObject({ kind: z.literal("payment"), part: count }),
    z.looseObject({ kind: z.literal("voucher"), voucherId: text }),
    z.looseObject({ kind: z.literal("outside") }),
  ]),
  amountMinor: minor,
  status: word<RefundMovement["status"]>(),
  reference: optional(text),
  failure: optional(text),
});

const refund = z.looseObject({
  refundId: text,
  amountMinor: minor,
  reason: text,
  cause: word<Refund["cause"]>(),
  status: word<Refund["status"]>(),
  requestedAt: instant,
  movements: z.array(movement),
});

type OpenEdit = NonNullable<OrderView["edit"]>;

const edit = z.looseObject({
  editId: text,
  part: z.int().min(1),
  stage: word<OpenEdit["stage"]>(),
  reason: text,
  draft,
  differenceMinor: minor,
  creditMinor: minor,
  dueMinor: minor,
  payment: z.looseObject({
    provider: text,
    status: word<OpenEdit["payment"]["status"]>(),
    redirectUrl: optional(z.string().max(4_000)),
    instructions: optional(z.string().max(4_000)),
    expiresAt: optional(instant),
    declineReason: optional(word<NonNullable<OpenEdit["payment"]["declineReason"]>>()),
  }),
  startedAt: instant,
});

const endedEdit = z.looseObject({
  editId: text,
  part: z.int().min(1),
  outcome: z.enum(["applied", "abandoned"]),
  reason: text,
  differenceMinor: minor,
  shortages: z.array(shortage),
  endedAt: instant,
});

const orderReturn = z.looseObject({
  returnId: text,
  status: word<OrderView["returns"][number]["status"]>(),
  requestedBy: z.enum(["customer", "staff"]),
  wish: z.enum(["refund", "exchange"]),
  reason: text,
  lines: z.array(
    z.looseObject({ lineId: text, quantity: z.int().min(1), restocked: count, scrapped: count }),
  ),
  valueMinor: minor,
  creditedMinor: minor,
  refundId: optional(text),
  declineReason: optional(text),
  requestedAt: instant,
  updatedAt: instant,
});

/** What happened to an order after it was paid: refunds, edits, returns, and what staff noted. */
export const deskSchemas = {
  refunds: z.array(refund),
  edit: optional(edit),
  edits: z.array(endedEdit),
  returns: z.array(orderReturn),
  notes: z.array(z.looseObject({ noteId: text, text, author: text, writtenAt: instant })),
  tags: z.array(text),
  attention: z.array(z.looseObject({ code: text, reference: text, raisedAt: instant })),
};
