import { epochMs, invariant, type EpochMs } from "#kernel";
import type { PurgeRpc } from "#edge-cache";
import { BaseObject, describeError, within, type OutboxQueues } from "#platform";
import {
  MAX_WAITING_TAGS,
  PURGE_GATHER_MS,
  REACH_PATIENCE_MS,
  TAGS_PER_PURGE,
} from "../../src/edge-cache/domain/limits.ts";
import { purgeAllowedAt, spendPurge } from "../../src/edge-cache/domain/purge-budget.ts";
import { PURGE_MIGRATIONS, PurgeStore } from "./purge-store.ts";

/**
 * Remembers what is still to be purged and sends it within the platform's budget: gathered, each tag once, up to a hundred
 * in a call. A tag is forgotten only after a purge that began after it was asked for has gone through, so none is lost to
 * a crash, a refusal or an empty bucket.
 */
export abstract class PurgeShell<Env> extends BaseObject<Env> implements PurgeRpc {
  readonly #store: PurgeStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "purge", migrations: PURGE_MIGRATIONS });
    this.#store = new PurgeStore(this.sql);
  }

  /** Sends one purge. Throws when the platform does not take it. */
  protected abstract purge(tags: readonly string[]): Promise<void>;

  /**
   * Brings up to a place in the change feed what pages are made from beside the database. A page that is made right after
   * the purge must not come from before the edit. Throws when that cannot be done.
   */
  protected abstract reach(position: number): Promise<void>;

  /** The tag that every answer carries. */
  protected abstract everything(): string;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  protected override async onDue(): Promise<void> {
    invariant(false, "purges have a deadline of their own");
  }

  async position(): Promise<number> {
    return this.#store.position();
  }

  async ask({ tags, position }: Parameters<PurgeRpc["ask"]>[0]): Promise<void> {
    this.transact(() => {
      this.#store.add(tags, this.now());
      if (this.#store.waiting().count > MAX_WAITING_TAGS)
        this.#store.replaceAll(this.everything(), this.now());
      if (position !== undefined) this.#store.moveTo(position);
    });
  }

  async backlog(): Promise<{ readonly waiting: number; readonly since?: number }> {
    const { count, since } = this.#store.waiting();
    return { waiting: count, ...(since === undefined ? {} : { since }) };
  }

  protected override ownDeadline(): EpochMs | undefined {
    const { since } = this.#store.waiting();
    if (since === undefined) return undefined;
    return epochMs(Math.max(since + PURGE_GATHER_MS, purgeAllowedAt(this.#store.budget())));
  }

  protected override async onOwnDeadline(): Promise<void> {
    const taken = this.transact(() => {
      const budget = spendPurge(this.#store.budget(), this.now());
      if (!budget) return [];
      this.#store.spend(budget);
      return this.#store.oldest(TAGS_PER_PURGE);
    });
    if (taken.length === 0) return;
    await this.#reachOrLog();
    await this.purge(taken.map(({ tag }) => tag));
    this.transact(() => this.#store.forget(taken));
  }

  /** A purge that is a second early shows an old card for seconds; one that waits for a sick index shows old pages for longer. */
  async #reachOrLog(): Promise<void> {
    try {
      const isInTime = await within(this.reach(this.#store.position()), REACH_PATIENCE_MS);
      if (!isInTime) this.log.warn("purge.index_behind", { reason: "no answer in time" });
    } catch (error) {
      this.log.warn("purge.index_behind", { reason: describeError(error) });
    }
  }
}
