import { createDurable } from "itty-durable/itty-durable.js";
import { DAY_MS, isId } from "#kernel";
import type { RecentlyViewedCalls } from "../../src/recently-viewed/contract.ts";
import { KEPT_DAYS, MAX_SEEN } from "../../src/recently-viewed/limits.ts";

/** The alarm is moved at most once a day: each move is a write. */
const ALARM_STEP_MS = DAY_MS;

/**
 * The last products that one visitor looked at. It is built on itty-durable, whose limits stand in the module's README;
 * what is kept is the instance's own fields, as one value. Methods work out the new list first and assign it last, because
 * a method that throws keeps what it has assigned.
 */
export class RecentlyViewedObject extends createDurable() implements RecentlyViewedCalls {
  /** Ids of products, the last one first. */
  productIds: readonly string[] = [];
  /** When the alarm was last moved, in milliseconds; 0 before the first time. */
  alarmMovedAtMs = 0;
  readonly #storage: DurableObjectStorage | undefined;

  /** The bindings stay outside: the base class would copy each of them onto the object's state. */
  constructor(state?: DurableObjectState) {
    super(state);
    // The client makes one instance without a state, only to see which methods there are.
    this.#storage = state?.storage;
  }

  async seen(): Promise<readonly string[]> {
    return this.productIds;
  }

  async note(productId: string): Promise<void> {
    if (!isId("prd", productId)) return;
    const now = Date.now();
    const isAlarmOld = now - this.alarmMovedAtMs > ALARM_STEP_MS;
    if (!isAlarmOld && this.productIds[0] === productId) return;
    const next = [productId, ...this.productIds.filter((known) => known !== productId)].slice(0, MAX_SEEN);
    if (isAlarmOld) {
      await this.setAlarm(now + KEPT_DAYS * DAY_MS);
      this.alarmMovedAtMs = now;
    }
    this.productIds = next;
    await this.persist();
  }

  async forget(): Promise<void> {
    this.productIds = [];
    this.alarmMovedAtMs = 0;
    await this.destroy();
  }

  /** Ends the memory. Fields of an object that was asleep are not loaded here, so it reads none of them. */
  async alarm(): Promise<void> {
    this.productIds = [];
    this.alarmMovedAtMs = 0;
    await this.#storage?.deleteAll();
  }
}
