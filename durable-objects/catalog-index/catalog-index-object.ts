import type {
  CatalogIndexRpc,
  FacetDefinition,
  IndexAnswer,
  IndexEntry,
  IndexFollow,
  IndexQuery,
  IndexRefusal,
  IndexSource,
} from "#browse";
import { refuse, type Result } from "#kernel";
import { BaseObject, describeError, within, type OutboxQueues } from "#platform";
import { compareWithPage } from "../../src/browse/app/compare-page.ts";
import { CatalogIndex } from "../../src/browse/domain/catalog-index.ts";
import { describeDefinitions } from "../../src/browse/domain/describe-definitions.ts";
import {
  AUDIT_AFTER_MS,
  AUDIT_PAGE_ROWS,
  BUILD_PAGE_ROWS,
  BUILD_PATIENCE_MS,
  CHANGE_PAGE_ROWS,
  MAX_CHANGE_PAGES,
  MAX_REACH_ROUNDS,
  REFRESH_AFTER_MS,
  RETRY_AFTER_SECONDS,
  SNAPSHOT_AFTER_CHANGES,
  SNAPSHOT_AFTER_MS,
} from "../../src/browse/domain/limits.ts";
import { readSnapshot, writeSnapshot } from "../../src/browse/domain/snapshot.ts";
import { INDEX_MIGRATIONS, SnapshotStore } from "./snapshot-store.ts";

type Held = {
  readonly index: CatalogIndex;
  /** Changes up to here are in the index. */
  sequence: number;
  /** Changes that the kept copy does not have yet. */
  unsaved: number;
  savedAtMs: number;
};

/**
 * The catalogue in memory, for filtered lists and facet counts. A copy and never the truth: it is made from the database,
 * follows its change feed, compares itself with it, and may be lost at any time. Several of them under different names know
 * nothing of each other.
 */
export abstract class CatalogIndexShell<Env> extends BaseObject<Env> implements CatalogIndexRpc {
  readonly #store: SnapshotStore;
  #held: Held | undefined;
  #building: Promise<void> | undefined;
  // A build that failed is not tried again at once: each try reads the whole catalogue.
  #retryAtMs = 0;
  #following: Promise<void> | undefined;
  #followedAtMs = 0;
  #auditedAtMs = 0;
  #auditAfter = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "catalog-index", migrations: INDEX_MIGRATIONS, isLazy: true });
    this.#store = new SnapshotStore(this.sql);
  }

  protected abstract source(): IndexSource;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  protected override async onDue(): Promise<void> {
    // It works when it is asked; an index that nobody asks need not know anything.
  }

  async list(query: IndexQuery): Promise<Result<IndexAnswer, IndexRefusal>> {
    const held = await this.#current();
    if (!held) return refuse({ code: "index_unready", retryAfterSeconds: RETRY_AFTER_SECONDS });
    return held.index.list(query, held.sequence);
  }

  async entries(request: {
    readonly after: number;
    readonly limit: number;
  }): Promise<{ readonly sequence: number; readonly entries: readonly IndexEntry[] } | undefined> {
    const held = await this.#current();
    const limit = Math.min(request.limit, AUDIT_PAGE_ROWS);
    return held && { sequence: held.sequence, entries: held.index.entries(request.after, limit) };
  }

  async facets(): Promise<readonly FacetDefinition[] | undefined> {
    const held = await this.#current();
    return held && describeDefinitions(held.index);
  }

  async reach(sequence: number): Promise<boolean> {
    const isBehind = (): boolean => this.#held !== undefined && this.#held.sequence < sequence;
    // A round that is under way may have read before that change; pages of changes are rounds, too.
    for (let round = 0; round < MAX_REACH_ROUNDS && isBehind(); round += 1)
      await (this.#building ?? this.#follow());
    return !isBehind();
  }

  async rebuild(): Promise<void> {
    if (this.isStored) this.transact(() => this.#store.clear());
    this.#held = undefined;
    this.#retryAtMs = 0;
    await this.#build();
  }

  /** The index, at most about a second behind the database; `undefined` while it is made for the first time. */
  async #current(): Promise<Held | undefined> {
    this.#held ??= this.#wake();
    if (!this.#held) {
      await within(this.#build(), BUILD_PATIENCE_MS);
      return this.#held;
    }
    if (this.now() - this.#followedAtMs >= REFRESH_AFTER_MS) await this.#follow();
    return this.#held;
  }

  /** Reads the kept copy; one that cannot be read is as good as none. */
  #wake(): Held | undefined {
    if (!this.isStored) return undefined;
    try {
      const snapshot = readSnapshot(this.#store.pieces());
      return snapshot && { ...snapshot, unsaved: 0, savedAtMs: this.now() };
    } catch (error) {
      this.log.warn("index.snapshot_unreadable", { reason: describeError(error) });
      return undefined;
    }
  }

  /** Makes the index from the whole catalogue; whoever comes meanwhile waits for the same one. Never rejects. */
  #build(): Promise<void> {
    if (!this.#building && this.now() < this.#retryAtMs) return Promise.resolve();
    this.#building ??= this.#buildNow()
      .catch((error: unknown) => {
        this.#retryAtMs = this.now() + RETRY_AFTER_SECONDS * 1000;
        this.log.error("index.build_failed", { reason: describeError(error) });
      })
      .finally(() => {
        this.#building = undefined;
      });
    return this.#building;
  }

  async #buildNow(): Promise<void> {
    const source = this.source();
    // The sequence first: what changes while pages are read comes once more with the changes.
    const start = await source.follow({ after: Number.MAX_SAFE_INTEGER, limit: 1 });
    const index = new CatalogIndex({ definitions: start.definitions });
    for (let after: number | undefined = 0; after !== undefined;) {
      const page = await source.page(after, BUILD_PAGE_ROWS);
      if (!index.hasRoom) throw new Error(`more products than an index holds: ${index.size}`);
      index.load(page.products);
      after = page.lastNumber;
    }
    index.loaded();
    this.#held = { index, sequence: start.latest, unsaved: 0, savedAtMs: this.now() };
    await this.#followNow();
    this.#save();
  }

  /** Takes over what changed; one read of the database serves all who wait. A database that is down leaves things as they are. */
  #follow(): Promise<void> {
    this.#following ??= this.#followNow()
      .catch((error: unknown) => this.log.warn("index.follow_failed", { reason: describeError(error) }))
      .finally(() => {
        this.#following = undefined;
      });
    return this.#following;
  }

  async #followNow(): Promise<void> {
    this.#followedAtMs = this.now();
    for (let page = 0; page < MAX_CHANGE_PAGES; page += 1) {
      const held = this.#held;
      if (!held) return;
      const isAuditDue = this.now() - this.#auditedAtMs >= AUDIT_AFTER_MS;
      const news = await this.source().follow({
        after: held.sequence,
        limit: CHANGE_PAGE_ROWS,
        ...(isAuditDue ? { compareAfter: this.#auditAfter } : {}),
      });
      // Somebody may have made a new index in between; that one follows by itself.
      if (this.#held !== held) return;
      if (news.latest < held.sequence || !isSame(news.definitions, held.index.definitions)) {
        // Back in time, or other facets: everything is filed anew. The old index answers until then.
        void this.#build();
        return;
      }
      held.index.apply(news.changes);
      held.sequence = news.changes.at(-1)?.sequence ?? held.sequence;
      held.unsaved += news.changes.length;
      if (news.changes.length < CHANGE_PAGE_ROWS) {
        this.#audit(held.index, news.page);
        if (isWorthSaving(held, this.now())) this.#save();
        return;
      }
    }
    // Still behind: the next question goes on at once.
    this.#followedAtMs = 0;
  }

  /** Compares one page of the catalogue with the index, which has all changes up to the same moment; mends what differs. */
  #audit(index: CatalogIndex, page: IndexFollow["page"]): void {
    if (!page) return;
    const wrong = compareWithPage(index, page, this.#auditAfter);
    this.#auditedAtMs = this.now();
    this.#auditAfter = page.lastNumber ?? 0;
    if (wrong.length === 0) return;
    this.log.error("index.differs", { products: wrong.length, first: wrong[0]?.number ?? 0 });
    index.apply(wrong);
  }

  #save(): void {
    const held = this.#held;
    if (!held) return;
    const pieces = writeSnapshot(held.index, held.sequence);
    this.transact(() => this.#store.replace(pieces));
    held.unsaved = 0;
    held.savedAtMs = this.now();
  }
}

const isWorthSaving = ({ unsaved, savedAtMs }: Held, now: number): boolean =>
  unsaved >= SNAPSHOT_AFTER_CHANGES || (unsaved > 0 && now - savedAtMs >= SNAPSHOT_AFTER_MS);

const isSame = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
