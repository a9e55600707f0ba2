import { epochMs, HOUR_MS, SECOND_MS, type EpochMs, type OrderId } from "#kernel";
import type { GateRpc } from "#admission";
import type { StockRpc } from "#inventory";
import type { CartPort, OrderRpc, ProviderPort } from "#orders";
import { objectNamespace, type CallContext } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { ParcelObject } from "../../../durable-objects/parcel/parcel-object.ts";
import { createManualProvider } from "../../../src/payments/adapters/manual-provider.ts";
import { sweepOrders } from "../../../src/fulfilment/app/sweep-orders.ts";
import { dispatch } from "../../../workers/fulfilment/dispatch.ts";
import { QUEUES } from "../../../workers/fulfilment/queues.ts";
import type { FulfilmentPorts } from "../../../workers/fulfilment/ports.ts";
import { Network } from "../core/network.ts";
import { ObjectHost, type HostCounts, type SimInstance } from "../core/object-host.ts";
import { createProcess } from "../core/process.ts";
import { Scheduler } from "../core/scheduler.ts";
import { Weather, type Climate } from "../core/weather.ts";
import type { KeptRows } from "../upgrade/kept-world.ts";
import { fill } from "../upgrade/restore-world.ts";
import { Book } from "./book.ts";
import { consumerPorts } from "./consumers.ts";
import { SimD1 } from "./d1.ts";
import { SimGate, SimOrder, SimShard, SimStock, SimVoucher, type SimEnv } from "./objects.ts";
import { SimProvider } from "./provider.ts";
import { SimQueue } from "./queues.ts";
import { beginTrouble, skewIn } from "./trouble.ts";

const STARTS_AT = Date.UTC(2026, 10, 27, 9);
/** The provider sends a webhook again until it is taken, as providers do, for longer than any outage here. */
const WEBHOOK_RETRY_MS = 30 * SECOND_MS;

export type WorldOptions = {
  readonly seed: number;
  readonly climate: Climate;
  readonly skus: readonly string[];
  /** What an earlier release has left in D1, after the last migration that it knew. */
  readonly stored?: { readonly after: string; readonly rows: KeptRows };
};

/** Called after each turn of an object that wrote something; throws when a promise is broken. */
export type Watch = (host: ObjectHost) => void;

/** One shop with its surroundings, on virtual time. */
export class World {
  readonly seed: number;
  readonly skus: readonly string[];
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly network: Network;
  readonly d1: SimD1;
  readonly provider: SimProvider;
  readonly queues: Readonly<Record<keyof typeof QUEUES, SimQueue>>;
  readonly ports: FulfilmentPorts;
  readonly book = new Book();
  readonly beganAt = epochMs(STARTS_AT);
  readonly hosts = new Map<string, ObjectHost>();
  readonly counts: HostCounts & { jumps: number; sweeps: number } = {
    crashes: 0,
    turnCrashes: 0,
    alarms: 0,
    alarmsGivenUp: 0,
    jumps: 0,
    sweeps: 0,
  };
  watch: Watch = () => undefined;
  /** The sweep runs until then. */
  sweepsUntil = Infinity;
  readonly #env: SimEnv & { readonly CARRIER_QUEUE: SimQueue["sender"] };
  #turn: ObjectHost | undefined;

  constructor({ seed, climate, skus, stored }: WorldOptions) {
    this.seed = seed;
    this.skus = skus;
    this.scheduler = new Scheduler(seed, STARTS_AT);
    this.weather = new Weather(climate, this.scheduler.random.fork());
    this.network = new Network(this.scheduler, this.weather, (kind, name) => this.host(kind, name));
    this.d1 = new SimD1(
      this.network,
      stored && { after: stored.after, work: ({ database }) => fill(database, stored.rows) },
    );
    this.provider = new SimProvider(this, (orderId, type) => this.#webhook(orderId, type));
    this.ports = consumerPorts(this);
    const queue = (name: string): SimQueue =>
      new SimQueue(name, this, (batch) => dispatch(batch, this.ports));
    this.queues = {
      projection: queue(QUEUES.projection),
      shipping: queue(QUEUES.shipping),
      notifications: queue(QUEUES.notifications),
      carrierScans: queue(QUEUES.carrierScans),
      shopperEvents: queue(QUEUES.shopperEvents),
    };
    this.#env = {
      ORDERS: this.network.namespace("order"),
      STOCK: this.network.namespace("stock"),
      STOCK_SHARDS: this.network.namespace("shard"),
      CARRIER_QUEUE: this.queues.carrierScans.sender,
      queues: {
        projection: this.queues.projection.sender,
        shipping: this.queues.shipping.sender,
        notifications: this.queues.notifications.sender,
      },
      VOUCHERS: this.network.namespace("voucher"),
      providers: providersOf(this.provider.port),
      cart: this.#cart(),
    };
    beginTrouble(this);
  }

  now(): EpochMs {
    return epochMs(this.scheduler.now);
  }

  order(orderId: OrderId): OrderRpc {
    return objectNamespace<OrderRpc>(this.network.namespace("order")).getByName(orderId);
  }

  stock(sku: string): StockRpc {
    return objectNamespace<StockRpc>(this.network.namespace("stock")).getByName(sku);
  }

  /** Among how many shards the shop's pages say that a SKU's units are, however old that is. */
  shardsShown(sku: string): number {
    const [row] = this.d1.rows("SELECT shards FROM stock_rushes WHERE sku = ?", sku);
    return Number(row?.["shards"] ?? 0);
  }

  /** The line in front of a SKU. */
  gate(sku: string): GateRpc {
    return objectNamespace<GateRpc>(this.network.namespace("gate")).getByName(sku);
  }

  voucher(voucherId: string): VoucherRpc {
    return objectNamespace<VoucherRpc>(this.network.namespace("voucher")).getByName(voucherId);
  }

  /** The platform around one object; made when it is first named. */
  host(kind: string, name: string): ObjectHost {
    const key = `${kind} ${name}`;
    const known = this.hosts.get(key);
    if (known) return known;
    const { scheduler, weather, counts } = this;
    const host = new ObjectHost(kind, name, {
      scheduler,
      weather,
      counts,
      make: (of, ctx) => this.#make(of, ctx),
      onTurn: (inTurn) => {
        this.#turn = inTurn;
      },
    });
    host.skewMs = skewIn(this);
    this.hosts.set(key, host);
    return host;
  }

  #make(kind: string, ctx: DurableObjectState): SimInstance {
    if (kind === "order") return new SimOrder(ctx, this.#env);
    if (kind === "stock") return new SimStock(ctx, this.#env);
    if (kind === "gate") return new SimGate(ctx, this.#env);
    if (kind === "shard") return new SimShard(ctx, this.#env);
    if (kind === "voucher") return new SimVoucher(ctx, this.#env);
    return new ParcelObject(ctx, this.#env);
  }

  /** Runs a person's or a Worker's script, `afterMs` from now. What it throws is a complaint. */
  start(name: string, script: () => Promise<void>, afterMs = 0): void {
    const process = createProcess(name);
    this.scheduler.schedule(afterMs, {
      label: "starts",
      about: name,
      process,
      run: () =>
        void script().catch((error: unknown) => {
          this.book.complaints.push(
            `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        }),
    });
  }

  /** Waits on the true clock. */
  pause(ms: number): Promise<void> {
    return scheduler.wait(ms);
  }

  callBy(actor: string): CallContext {
    return { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor };
  }

  async sweep(): Promise<void> {
    this.counts.sweeps += 1;
    await sweepOrders(this.ports).catch(() => undefined);
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.weather.clear();
    this.sweepsUntil = this.scheduler.now + 2 * HOUR_MS;
  }

  /** Runs events until there are none or `isEnough` says so. Rejects with the first broken promise. */
  run(isEnough: () => boolean = () => false): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          this.#endTurn();
          if (isEnough() || !this.scheduler.begin()) resolve();
          else setImmediate(step);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      step();
    });
  }

  #endTurn(): void {
    const host = this.#turn;
    this.#turn = undefined;
    const process = this.scheduler.current;
    this.scheduler.current = undefined;
    if (host) {
      host.endTurn();
      if (host.storage.isTouched) this.watch(host);
    } else if (process && process.outgoing.length > 0) {
      const leaving = process.outgoing;
      process.outgoing = [];
      for (const send of leaving) send();
    }
  }

  close(): void {
    for (const host of this.hosts.values()) host.storage.close();
    this.d1.database.close();
  }

  #cart(): CartPort {
    const tell =
      (to: "finished" | "reopened"): CartPort["reopen"] =>
      ({ orderId }) =>
        this.network.callService("cart", to, () => void this.book.carts.set(orderId, to));
    return { finishPlacement: tell("finished"), reopen: tell("reopened") };
  }

  /** Webhooks come late, early, twice and in any order, but they come: the provider repeats one until it is taken. */
  #webhook(orderId: OrderId, type: string): void {
    this.provider.counts.webhooks += 1;
    const name = `webhook ${type} ${orderId}`;
    const deliver = async (): Promise<void> => {
      for (;;) {
        try {
          await this.order(orderId).settle(this.callBy("system:payment-webhook"));
          return;
        } catch {
          await this.pause(WEBHOOK_RETRY_MS);
        }
      }
    };
    const { arrivals } = this.weather.messageFate("webhook");
    for (const afterMs of arrivals.length > 0 ? arrivals : [WEBHOOK_RETRY_MS])
      this.start(name, deliver, afterMs);
  }
}

/** The sandbox, and the two ways to pay that have no machine behind them. */
const providersOf = (sandbox: ProviderPort): ReadonlyMap<string, ProviderPort> =>
  new Map(
    [sandbox, createManualProvider("bank_transfer"), createManualProvider("cash_on_delivery")].map((port) => [
      port.provider,
      port,
    ]),
  );
