import type { ParcelRpc } from "#fulfilment";
import type { StockRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { objectNamespace } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { applyStockFacts } from "../../../src/catalog/adapters/stock-projection.ts";
import { createDeadLetterTable } from "../../../src/fulfilment/adapters/dead-letter-table.ts";
import { createParcelTable } from "../../../src/fulfilment/adapters/parcel-table.ts";
import { projectRushes } from "../../../src/inventory/adapters/rushes.ts";
import { createD1Outbox } from "../../../src/notifications/adapters/d1-outbox.ts";
import {
  listQuietOrders,
  markOrdersChecked,
  projectOrders,
} from "../../../src/orders/adapters/order-projector.ts";
import { projectVouchers } from "../../../src/vouchers/adapters/voucher-projector.ts";
import type { FulfilmentPorts } from "../../../workers/fulfilment/ports.ts";
import type { Network } from "../core/network.ts";
import type { Scheduler } from "../core/scheduler.ts";
import type { SimD1 } from "./d1.ts";
import { PACK_AFTER_SECONDS } from "./objects.ts";

const CARRIER_STEP_SECONDS = 60;

/**
 * What the fulfilment Worker's consumers and cron touch: the shop's own adapters on the simulated D1 and network, as
 * that Worker composes them. Only the text of a mail is made up, because rendering it costs more than all the rest.
 */
export function consumerPorts(world: {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly d1: SimD1;
}): FulfilmentPorts {
  const { network } = world;
  const db = world.d1.asBinding();
  const clock = { now: () => Date.now() as ReturnType<FulfilmentPorts["clock"]["now"]> };
  const orders = objectNamespace<OrderRpc>(network.namespace("order"));
  return {
    clock,
    orders,
    stock: objectNamespace<StockRpc>(network.namespace("stock")),
    vouchers: objectNamespace<VoucherRpc>(network.namespace("voucher")),
    voucherTable: { project: (views) => projectVouchers(db, views) },
    // What the shop learns from an order is a hint for others, no copy of it: nothing here has to agree with it.
    learning: { send: () => Promise.resolve(), learn: () => Promise.resolve() },
    shipping: {
      clock,
      orders,
      parcels: objectNamespace<ParcelRpc>(network.namespace("parcel")),
      parcelTable: createParcelTable(db),
      stepSeconds: CARRIER_STEP_SECONDS,
      packAfterSeconds: PACK_AFTER_SECONDS,
    },
    mail: {
      clock,
      mails: createD1Outbox(db),
      render: (mail) => ({ subject: mail.template, html: mail.orderId, text: mail.orderId }),
      sender: { shopName: "Shop", shopOrigin: "https://shop.example", timeZone: "Europe/Berlin" },
    },
    orderTable: {
      listQuiet: (before, limit) => listQuietOrders(db, before, limit),
      project: (views) => projectOrders(db, views),
      markChecked: (orderIds, at) => markOrdersChecked(db, orderIds, at),
    },
    stockTable: {
      applyChanges: (changes) =>
        applyStockFacts(
          db,
          changes.map(({ occurredAt, ...level }) => ({ ...level, changedAtMs: occurredAt })),
          [projectRushes(db, changes)],
        ),
    },
    deadLetters: createDeadLetterTable(db),
  };
}
