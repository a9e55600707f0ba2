import type { EpochMs } from "#kernel";
import type { DeadLetterTable, OrderTable, ShippingPorts } from "../../src/fulfilment/app/ports.ts";
import type { OrderRpc } from "#orders";
import type { StockChanged, StockRpc } from "#inventory";
import type { VoucherRpc, VoucherView } from "#vouchers";
import type { LearnMessage } from "#search";
import type { Clock, ObjectNamespace } from "#platform";
import type { MailPorts } from "../../src/notifications/app/send-order-mail.ts";

/** A stock level as its event told it. */
export type StockLevelChange = StockChanged & { readonly version: number; readonly occurredAt: EpochMs };

/** Writes levels and what follows from them, each by version: repeats and late ones change nothing. */
export type StockTable = { applyChanges(changes: readonly StockLevelChange[]): Promise<void> };

/** What the shop learns from what shoppers look at and buy. */
export type LearningPorts = {
  /** Hands a confirmed order over; sending it twice is harmless. */
  send(messages: readonly LearnMessage[]): Promise<void>;
  /** Counts messages as one transaction; each id once. */
  learn(messages: readonly LearnMessage[]): Promise<void>;
};

/** Everything the consumers and the cron may touch; built from the environment in one place. */
export type FulfilmentPorts = {
  readonly clock: Clock;
  readonly orders: ObjectNamespace<Pick<OrderRpc, "acknowledge" | "recordScan" | "startFulfilment" | "view">>;
  readonly stock: ObjectNamespace<Pick<StockRpc, "acknowledge">>;
  readonly vouchers: ObjectNamespace<Pick<VoucherRpc, "acknowledge">>;
  readonly shipping: ShippingPorts;
  readonly mail: MailPorts;
  readonly orderTable: OrderTable;
  readonly stockTable: StockTable;
  /** Each by version: repeats and late ones change nothing. */
  readonly voucherTable: { project(views: readonly VoucherView[]): Promise<void> };
  readonly learning: LearningPorts;
  readonly deadLetters: DeadLetterTable;
};
