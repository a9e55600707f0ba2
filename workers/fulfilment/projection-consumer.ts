import { epochMs } from "#kernel";
import { chunk, createLogger, describeError, failpoint, type Logger } from "#platform";
import * as z from "zod";
import { mapBounded } from "../../src/fulfilment/app/map-bounded.ts";
import { stockEventSchema } from "../../src/inventory/adapters/stock-event-schema.ts";
import { orderEventSchema } from "../../src/orders/adapters/order-event-schema.ts";
import { ORDERS_PER_BATCH } from "../../src/orders/adapters/order-projector.ts";
import { voucherEventSchema } from "../../src/vouchers/adapters/voucher-event-schema.ts";
import { VOUCHERS_PER_BATCH } from "../../src/vouchers/adapters/voucher-projector.ts";
import type { LearnMessage } from "#search";
import { MAX_BOUGHT_TOGETHER } from "../../src/search/domain/limits.ts";
import { acknowledge, giveBack, tryAgain } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

/** Everything that is copied into D1; the aggregate's kind says which. */
export const projectionSchema = z.union([orderEventSchema, stockEventSchema, voucherEventSchema]);
type ProjectionEvent = z.infer<typeof projectionSchema>;
type OrderEvent = Extract<ProjectionEvent, { aggregate: { kind: "order" } }>;
type StockEvent = Extract<ProjectionEvent, { aggregate: { kind: "stock" } }>;
type VoucherEvent = Extract<ProjectionEvent, { aggregate: { kind: "voucher" } }>;

/** Stock levels written together, in two statements; the catalogue takes up to a hundred. */
const LEVELS_PER_BATCH = 50;

type Received<Event> = { readonly message: Message; readonly event: Event };
/** The events of one aggregate in this batch: the newest is applied, all are acknowledged. */
type Group<Event> = {
  readonly id: string;
  readonly newest: Event;
  readonly received: readonly Received<Event>[];
};

/**
 * Copies orders, stock levels and vouchers into D1 (P5). Only the newest event of each aggregate is written; a group that fails
 * is tried alone, so that one bad row holds nobody else up; the objects hear what has been applied.
 */
export async function consumeProjection(batch: MessageBatch, ports: FulfilmentPorts): Promise<void> {
  const log = createLogger("fulfilment.projection");
  const orders: Received<OrderEvent>[] = [];
  const levels: Received<StockEvent>[] = [];
  const vouchers: Received<VoucherEvent>[] = [];
  for (const message of batch.messages) {
    const parsed = parseProjection(message.body);
    if (!parsed.success) giveBack(message, parsed.error, log);
    else if (isOrderEvent(parsed.data)) orders.push({ message, event: parsed.data });
    else if (isVoucherEvent(parsed.data)) vouchers.push({ message, event: parsed.data });
    else levels.push({ message, event: parsed.data });
  }
  await apply(groupByAggregate(orders), {
    log,
    perBatch: ORDERS_PER_BATCH,
    write: async (groups) => {
      await ports.orderTable.project(groups.map(({ newest }) => newest.data.order));
      // After the copy: when it cannot be handed over the event comes again, and the copy stays as it is.
      await ports.learning.send(groups.flatMap(({ received }) => boughtIn(received)));
    },
    objectOf: (id) => ports.orders.getByName(id),
  });
  await apply(groupByAggregate(levels), {
    log,
    perBatch: LEVELS_PER_BATCH,
    write: (groups) => ports.stockTable.applyChanges(groups.map(({ newest }) => levelOf(newest))),
    objectOf: (id) => ports.stock.getByName(id),
  });
  await apply(groupByAggregate(vouchers), {
    log,
    perBatch: VOUCHERS_PER_BATCH,
    write: (groups) => ports.voucherTable.project(groups.map(({ newest }) => newest.data)),
    objectOf: (id) => ports.vouchers.getByName(id),
  });
}

/** What confirmed orders teach about their products; the event's id counts each of them once. */
const boughtIn = (received: readonly Received<OrderEvent>[]): LearnMessage[] =>
  received
    .filter(({ event }) => event.type === "order.confirmed")
    .map(({ event }) => ({
      id: event.id,
      kind: "order",
      occurredAtMs: Date.parse(event.occurredAt),
      productIds: [...new Set(event.data.order.draft.lines.map(({ productId }) => String(productId)))].slice(
        0,
        MAX_BOUGHT_TOGETHER,
      ),
      traceparent: event.traceparent,
    }));

// Built once: a schema compiles itself when it is first used, which costs more than reading a message.
const kindSchema = z.looseObject({ aggregate: z.looseObject({ kind: z.string() }) });

/** Reads by the aggregate's kind, so that the reason of a refusal is about the right shape. */
export function parseProjection(body: unknown): z.ZodSafeParseResult<ProjectionEvent> {
  const kind = kindSchema.safeParse(body);
  switch (kind.data?.aggregate.kind) {
    case "stock":
      return stockEventSchema.safeParse(body);
    case "voucher":
      return voucherEventSchema.safeParse(body);
    default:
      return orderEventSchema.safeParse(body);
  }
}

const isOrderEvent = (event: ProjectionEvent): event is OrderEvent => event.aggregate.kind === "order";

const isVoucherEvent = (event: ProjectionEvent): event is VoucherEvent => event.aggregate.kind === "voucher";

const levelOf = (event: StockEvent) => ({
  ...event.data,
  version: event.sequence,
  occurredAt: epochMs(Date.parse(event.occurredAt)),
});

function groupByAggregate<Event extends ProjectionEvent>(
  received: readonly Received<Event>[],
): Group<Event>[] {
  const byId = Map.groupBy(received, ({ event }) => event.aggregate.id);
  return [...byId].map(([id, members]) => ({
    id,
    received: members,
    newest: members.map(({ event }) => event).reduce((a, b) => (versionOf(b) > versionOf(a) ? b : a)),
  }));
}

/** An order's view may be newer than the event that carried it. */
const versionOf = (event: ProjectionEvent): number =>
  "order" in event.data ? event.data.order.version : event.sequence;

type Target<Event> = {
  readonly log: Logger;
  readonly perBatch: number;
  readonly write: (groups: readonly Group<Event>[]) => Promise<void>;
  readonly objectOf: (id: string) => Parameters<typeof acknowledge>[0];
};

async function apply<Event extends ProjectionEvent>(
  groups: readonly Group<Event>[],
  target: Target<Event>,
): Promise<void> {
  const applied: Group<Event>[] = [];
  for (const together of chunk(groups, target.perBatch)) {
    if (await isWritten(together, target)) applied.push(...together);
    else applied.push(...(await applyAlone(together, target)));
  }
  await failpoint("projection.before-acknowledge");
  await mapBounded(applied, ({ id, received }) =>
    acknowledge(
      target.objectOf(id),
      { destination: "projection", sequences: received.map(({ event }) => event.sequence) },
      target.log,
    ),
  );
  for (const { message } of applied.flatMap((group) => group.received)) message.ack();
}

async function isWritten<Event>(groups: readonly Group<Event>[], target: Target<Event>): Promise<boolean> {
  try {
    await failpoint("projection.before-write");
    await target.write(groups);
    await failpoint("projection.after-write");
    return true;
  } catch (error) {
    target.log.warn("projection.batch_failed", { groups: groups.length, reason: describeError(error) });
    return false;
  }
}

async function applyAlone<Event>(
  groups: readonly Group<Event>[],
  target: Target<Event>,
): Promise<Group<Event>[]> {
  const applied: Group<Event>[] = [];
  for (const group of groups) {
    if (groups.length > 1 && (await isWritten([group], target))) applied.push(group);
    else for (const { message } of group.received) tryAgain(message, "could not be written", target.log);
  }
  return applied;
}
