import type { ParcelRpc } from "#fulfilment";
import type { StockRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { objectNamespace, platformClock } from "#platform";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { createDeadLetterTable } from "../../src/fulfilment/adapters/dead-letter-table.ts";
import { createParcelTable } from "../../src/fulfilment/adapters/parcel-table.ts";
import {
  CARRIER_STEP_SECONDS_DEFAULT,
  CARRIER_STEP_SECONDS_MAX,
} from "../../src/fulfilment/domain/limits.ts";
import { projectRushes } from "../../src/inventory/adapters/rushes.ts";
import { projectLocationLevels } from "../../src/inventory/adapters/location-levels.ts";
import { createD1Outbox } from "../../src/notifications/adapters/d1-outbox.ts";
import { renderOrderMail } from "../../src/notifications/pages/render-order-mail.tsx";
import {
  listQuietOrders,
  markOrdersChecked,
  projectOrders,
} from "../../src/orders/adapters/order-projector.ts";
import type { VoucherRpc } from "#vouchers";
import { DEFAULT_CHROME } from "#web";
import { projectVouchers } from "../../src/vouchers/adapters/voucher-projector.ts";
import { learn } from "../../src/search/adapters/learn-table.ts";
import { packAfterSecondsOf } from "../shared/pack-after.ts";
import type { FulfilmentPorts, StockLevelChange } from "./ports.ts";

/** The variables and bindings that this Worker reads; `FulfilmentEnv` has them all. */
export type ComposeEnv = Pick<
  FulfilmentEnv,
  | "CARRIER_STEP_SECONDS"
  | "DB"
  | "ORDERS"
  | "PACK_AFTER_SECONDS"
  | "PARCELS"
  | "SHOPPER_EVENT_QUEUE"
  | "SHOP_ORIGIN"
  | "STOCK"
  | "VOUCHERS"
>;

/** The zone whose days mails name. */
const SHOP_TIME_ZONE = "Europe/Berlin";

/** Builds every port from the environment; holds nothing between calls. */
export function compose(env: ComposeEnv): FulfilmentPorts {
  const clock = platformClock;
  const orders = objectNamespace<OrderRpc>(env.ORDERS);
  return {
    clock,
    orders,
    stock: objectNamespace<StockRpc>(env.STOCK),
    vouchers: objectNamespace<VoucherRpc>(env.VOUCHERS),
    shipping: {
      clock,
      orders,
      parcels: objectNamespace<ParcelRpc>(env.PARCELS),
      parcelTable: createParcelTable(env.DB),
      stepSeconds: stepSecondsOf(env.CARRIER_STEP_SECONDS),
      packAfterSeconds: packAfterSecondsOf(env.PACK_AFTER_SECONDS),
    },
    mail: {
      clock,
      mails: createD1Outbox(env.DB),
      render: renderOrderMail,
      sender: {
        shopName: DEFAULT_CHROME.name,
        shopOrigin: env.SHOP_ORIGIN.replace(/\/+$/, ""),
        timeZone: SHOP_TIME_ZONE,
      },
    },
    orderTable: {
      listQuiet: (before, limit) => listQuietOrders(env.DB, before, limit),
      project: (views) => projectOrders(env.DB, views),
      markChecked: (orderIds, at) => markOrdersChecked(env.DB, orderIds, at),
    },
    stockTable: {
      applyChanges: (changes) =>
        applyStockFacts(env.DB, changes.map(factOf), [
          projectLocationLevels(env.DB, changes),
          projectRushes(env.DB, changes),
        ]),
    },
    voucherTable: { project: (views) => projectVouchers(env.DB, views) },
    learning: {
      send: async (messages) => {
        if (messages.length > 0) await env.SHOPPER_EVENT_QUEUE.sendBatch(messages.map((body) => ({ body })));
      },
      learn: (messages) => learn(env.DB, messages, { run: crypto.randomUUID(), nowMs: clock.now() }),
    },
    deadLetters: createDeadLetterTable(env.DB),
  };
}

/** A step that is not a number of seconds up to a day falls back to the default, because a typo must not stop parcels. */
export function stepSecondsOf(text: string): number {
  const seconds = Number(text);
  return seconds > 0 && seconds <= CARRIER_STEP_SECONDS_MAX ? seconds : CARRIER_STEP_SECONDS_DEFAULT;
}

const factOf = ({ occurredAt, locations: _locations, shards: _shards, ...level }: StockLevelChange) => ({
  ...level,
  changedAtMs: occurredAt,
});
