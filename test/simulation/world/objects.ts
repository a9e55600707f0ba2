import type { CartPort, OrderRpc, OrderPorts, ProviderPort } from "#orders";
import { shardName, type StockRpc, type StockShardRpc } from "#inventory";
import { objectNamespace, type OutboxQueues } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { endBy } from "../../../workers/storefront/gate-object.ts";
import { GateShell, type GateInquiries } from "../../../durable-objects/gate/gate-object.ts";
import { OrderShell } from "../../../durable-objects/order/order-object.ts";
import { StockShell, type FateInquiry } from "../../../durable-objects/stock/stock-object.ts";
import { ShardShell } from "../../../durable-objects/stock/stock-shard.ts";
import { VoucherShell } from "../../../durable-objects/voucher/voucher-object.ts";
import { createStockPort } from "../../../src/orders/adapters/stock-port.ts";
import { createVoucherPort } from "../../../src/vouchers/adapters/voucher-port.ts";

/** What the objects of the simulated world are bound to. */
export type SimEnv = {
  readonly ORDERS: { getByName(name: string): unknown };
  readonly STOCK: { getByName(name: string): unknown };
  readonly STOCK_SHARDS: { getByName(name: string): unknown };
  readonly queues: OutboxQueues;
  readonly VOUCHERS: { getByName(name: string): unknown };
  readonly providers: ReadonlyMap<string, ProviderPort>;
  readonly cart: CartPort;
};

/** For the order, which keeps what is to be packed so long, and for the consumer that packs it. */
export const PACK_AFTER_SECONDS = 30;

/** The shop's own order object, composed as the storefront Worker composes it. */
export class SimOrder extends OrderShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override packAfterSeconds(): number {
    return PACK_AFTER_SECONDS;
  }

  protected override ports(): OrderPorts {
    return {
      payments: (name) => this.env.providers.get(name),
      vouchers: createVoucherPort(objectNamespace<VoucherRpc>(this.env.VOUCHERS)),
      stock: createStockPort(
        objectNamespace<StockRpc>(this.env.STOCK),
        objectNamespace<StockShardRpc>(this.env.STOCK_SHARDS),
      ),
      cart: this.env.cart,
    };
  }
}

/** Holds per second from which a SKU is split here: what a handful of simulated shoppers reach. */
const SPLIT_AT = 2;

const fatesOf = (env: SimEnv): FateInquiry => {
  const orders = objectNamespace<OrderRpc>(env.ORDERS);
  return ({ orderId, part }) => orders.getByName(orderId).fateOfHold(part);
};

/** The shop's own stock object, composed as the storefront Worker composes it. */
export class SimStock extends StockShell<SimEnv> {
  constructor(ctx: DurableObjectState, env: SimEnv) {
    super(ctx, env, { splitAt: SPLIT_AT });
  }

  protected override shard(shard: number): StockShardRpc {
    return objectNamespace<StockShardRpc>(this.env.STOCK_SHARDS).getByName(shardName(this.name, shard));
  }

  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override fateOf(): FateInquiry {
    return fatesOf(this.env);
  }
}

/** The shop's own shard of a hot SKU, composed as the storefront Worker composes it. */
export class SimShard extends ShardShell<SimEnv> {
  protected override fateOf(): FateInquiry {
    return fatesOf(this.env);
  }
}

/** The shop's own line, composed as the storefront Worker composes it. */
export class SimGate extends GateShell<SimEnv> {
  protected override inquiries(): GateInquiries {
    const stock = objectNamespace<StockRpc>(this.env.STOCK);
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return {
      unitsLeft: async (sku) => (await stock.getByName(sku).level()).available,
      endOf: async (orderId) => endBy(await orders.getByName(orderId).fateOf()),
    };
  }
}

/** The shop's own voucher object, composed as the storefront Worker composes it. */
export class SimVoucher extends VoucherShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override fateOf(): FateInquiry {
    return fatesOf(this.env);
  }
}
