import { epochMs, invariant, ok, parseCurrency, refuse, type Result } from "#kernel";
import type {
  Finding,
  FindingGroup,
  ImportJob,
  ImportPorts,
  ImportRefusal,
  ImportRpc,
  ReportPage,
  StartImport,
} from "#catalog-import";
import { BaseObject, failpoint, newTraceparent, type CallContext, type OutboxQueues } from "#platform";
import type { FileRefusal } from "../../src/catalog-import/domain/header.ts";
import {
  fileRead,
  fileRefused,
  isRunning,
  moveJob,
  productRefused,
  productSaved,
  queueJob,
  restartCounts,
  rowsRead,
  startWriting,
  stepOn,
} from "../../src/catalog-import/domain/job.ts";
import {
  CHECKED_PER_SLICE,
  MAX_SLICE_ATTEMPTS,
  PURGE_AFTER_MS,
  SLICE_MS,
  STOCK_PER_RUN,
  WRITTEN_AT_ONCE,
} from "../../src/catalog-import/domain/limits.ts";
import { openerOf } from "../../src/catalog-import/domain/open-source.ts";
import {
  readProductFile,
  type FileSummary,
  type RowSink,
} from "../../src/catalog-import/domain/read-file.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";
import { checkProduct } from "./check-product.ts";
import { countAll } from "./count-stock.ts";
import { LevelsAhead } from "./levels-ahead.ts";
import { rejectLate } from "./import-notes.ts";
import { readReasons, readRejected, readReport } from "./read-report.ts";
import { stageRow } from "./stage-row.ts";
import { IMPORT_MIGRATIONS, ImportStore, type StagedProduct } from "./import-store.ts";

const WORK_KEY = "work";
const SUMMARY_KEY = "summary";
const PURGE_KEY = "purge";

/**
 * One import of one file: reads it, checks every product, then writes product by product, in slices on the alarm. What
 * is done is marked in the turn in which it is known, and every write may be repeated, so a crash at any step resumes
 * without doubling. The Worker's composition root gives it its ports.
 */
export abstract class ImportShell<Env> extends BaseObject<Env> implements ImportRpc {
  readonly #store: ImportStore;
  readonly #ahead = new LevelsAhead();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "import", migrations: IMPORT_MIGRATIONS, isLazy: true });
    this.#store = new ImportStore(this.sql);
  }

  protected abstract ports(): ImportPorts;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async start(command: StartImport, call: CallContext): Promise<ImportJob> {
    const known = this.#find();
    if (known) return known;
    const { currency: code, ...rest } = command;
    const currency = parseCurrency(code);
    invariant(currency, "an import names its currency");
    return this.transact(() =>
      this.#save(queueJob({ ...rest, currency, actor: call.actor, createdAtMs: this.now() })),
    );
  }

  async view(): Promise<Result<ImportJob, ImportRefusal>> {
    const job = this.#find();
    return job ? ok(job) : this.#unknown();
  }

  async report(page: Parameters<ImportRpc["report"]>[0]): Promise<Result<ReportPage, ImportRefusal>> {
    return this.#find() ? readReport(this.#store, page) : this.#unknown();
  }

  async reasons(): Promise<Result<readonly FindingGroup[], ImportRefusal>> {
    return this.#find() ? readReasons(this.#store) : this.#unknown();
  }

  async rejected(): Promise<Result<readonly Finding[], ImportRefusal>> {
    return this.#find() ? readRejected(this.#store) : this.#unknown();
  }

  async cancel(_call: CallContext): Promise<Result<ImportJob, ImportRefusal>> {
    return this.#intervene("cancelled", (state) => isRunning(state) || state === "failed");
  }

  async resume(_call: CallContext): Promise<Result<ImportJob, ImportRefusal>> {
    return this.#intervene("queued", (state) => state === "failed");
  }

  protected override async onDue(key: string, attempts: number): Promise<void> {
    const job = this.#find();
    if (!job) return;
    if (key === SUMMARY_KEY) return this.ports().saveSummary(job);
    if (key === PURGE_KEY && !isRunning(job.state) && job.state !== "failed")
      return this.transact(() => this.#store.purge());
    if (key === WORK_KEY) await this.#work(attempts);
  }

  /** Works until the job ends or the slice is over. A throw leaves the deadline standing: the step is tried again. */
  async #work(attempts: number): Promise<void> {
    const until = this.now() + SLICE_MS;
    if (attempts >= MAX_SLICE_ATTEMPTS)
      return this.#end("failed", "The import could not go on after several tries. It can be resumed.");
    for (let job = this.#running(); job && this.now() <= until; job = this.#running()) {
      if (job.state === "queued") this.#begin(job);
      else if (job.step === "read") await this.#read();
      else if (job.step === "check") await this.#check(job);
      else await this.#writeNext(job);
    }
    const job = this.#running();
    if (job) this.transact(() => this.#save(job));
  }

  #begin(job: ImportJob): void {
    const now = this.now();
    this.transact(() => {
      const validating = moveJob(job, { state: "validating", at: now });
      this.#save(job.step === "write" ? moveJob(validating, { state: "applying", at: now }) : validating);
    });
  }

  /** Reads the whole file into the store; what an attempt that crashed has left is forgotten first. */
  async #read(): Promise<void> {
    this.transact(() => {
      this.#store.clear();
      this.#update(restartCounts);
    });
    const { fileKey, source, currency } = this.#job();
    const records = await this.ports().readFile(fileKey, source);
    if (!records) return this.#end("failed", "The uploaded file is gone. Upload it again.");
    const stage: RowSink = (rows, so) => this.#stage(rows, so);
    const read = await readProductFile(records, stage, openerOf(source, currency));
    await failpoint("import.after-read");
    if (read.ok) this.#finishReading(read.value);
    else if (read.refusal.code === "unreadable_file") this.#refuseFile(read.refusal);
  }

  #stage(rows: readonly SourceRow[], { bytes, isEachRow }: Parameters<RowSink>[1]): boolean {
    return this.transact(() => {
      if (!this.#running()) return false;
      const products = rows.filter((row) => stageRow(this.#store, row, isEachRow)).length;
      this.#update((job) => rowsRead(job, { rows: rows.length, products, bytes }));
      return true;
    });
  }

  #finishReading({ names, findings }: FileSummary): void {
    this.transact(() => {
      this.#store.report(findings);
      this.#update((job) => fileRead(job, { names, warnings: findings.length }));
    });
  }

  /** A file that cannot be read to its end is rejected whole, whatever the policy: nobody knows what the rest holds. */
  #refuseFile({ finding: found }: FileRefusal): void {
    this.transact(() => {
      this.#store.report([found]);
      this.#update(fileRefused);
    });
    this.#end("rejected", `Line ${found.line}: ${found.reason}`);
  }

  async #check(job: ImportJob): Promise<void> {
    const surroundings = { store: this.#store, ports: this.ports() };
    const numbers = this.#store.unchecked(CHECKED_PER_SLICE);
    this.transact(() => {
      for (const number of numbers) this.#update((now) => checkProduct(surroundings, number, now));
    });
    // Lets questions about the job in between, and lets the clock go on: it stands still while only this runs.
    if (numbers.length > 0) return scheduler.wait(0);
    const { rows } = this.#job().counts;
    if (rows.rejected > 0 && job.policy === "reject-all")
      return this.#end(
        "rejected",
        `${rows.rejected} of ${rows.total} rows are rejected, and the policy is reject-all: nothing was written.`,
      );
    const isRepeat = await this.ports().wasImported(job.fileHash);
    this.transact(() => {
      const checked = this.#running();
      if (checked) this.#save(startWriting(checked, { at: this.now(), isRepeat }));
    });
  }

  /** Saves a run of products together, then counts their stock; a run that was saved before a crash is only counted. */
  async #writeNext(job: ImportJob): Promise<void> {
    const run = this.#store.nextToWrite(WRITTEN_AT_ONCE, STOCK_PER_RUN);
    if (run.length === 0) return this.#end("finished");
    const call: CallContext = { traceparent: newTraceparent(), actor: job.actor };
    const saved = run[0]?.outcome === undefined ? await this.#saveProducts(run, job, call) : run;
    await failpoint("import.before-stock");
    const counted = saved.filter(({ outcome }) => outcome !== "same" || !job.isRepeat);
    const stock = counted.flatMap((product) => product.stock);
    await countAll(stock, job, { ports: this.ports(), ahead: this.#ahead, call });
    this.transact(() => {
      for (const { number } of saved) this.#store.markDone(number);
      this.#update((now) => saved.reduce(stepOn, now));
    });
  }

  /** Gives those that the catalogue has taken. */
  async #saveProducts(
    run: readonly StagedProduct[],
    { currency }: ImportJob,
    call: CallContext,
  ): Promise<StagedProduct[]> {
    const drafts = run.map(({ draft }) => draft);
    const answers = await this.ports().saveProducts(drafts, currency, call);
    await failpoint("import.after-save");
    return this.transact(() =>
      run.flatMap((product, index) => {
        const saved = answers[index];
        invariant(saved, "every product is answered");
        if (!saved.ok) {
          const rows = rejectLate(this.#store, product, saved.refusal.reasons);
          this.#update((job) => productRefused(job, rows));
          return [];
        }
        this.#store.markSaved(product.number, saved.value);
        this.#update((job) => productSaved(job, saved.value, product.rowCount));
        return [{ ...product, outcome: saved.value }];
      }),
    );
  }

  #intervene(
    state: "cancelled" | "queued",
    isAllowed: (state: ImportJob["state"]) => boolean,
  ): Result<ImportJob, ImportRefusal> {
    const job = this.#find();
    if (!job) return this.#unknown();
    if (job.state === state) return ok(job);
    if (!isAllowed(job.state))
      return refuse({ code: "import_settled", importId: this.name, state: job.state });
    return ok(this.transact(() => this.#save(moveJob(job, { state, at: this.now() }))));
  }

  #end(state: "finished" | "rejected" | "failed", problem?: string): void {
    this.transact(() => {
      const job = this.#running();
      if (job) this.#save(moveJob(job, { state, at: this.now(), problem }));
    });
  }

  /** The job; an object that nobody has started stores nothing, not even tables. */
  #find(): ImportJob | undefined {
    return this.isStored ? this.#store.job() : undefined;
  }

  #job(): ImportJob {
    const job = this.#find();
    invariant(job, "an import that works has been started");
    return job;
  }

  #running(): ImportJob | undefined {
    const job = this.#find();
    return job && isRunning(job.state) ? job : undefined;
  }

  #unknown(): Result<never, ImportRefusal> {
    return refuse({ code: "import_unknown", importId: this.name });
  }

  /** Changes the job without touching its deadlines. */
  #update(change: (job: ImportJob) => ImportJob): void {
    this.#store.saveJob(change(this.#job()));
  }

  /** Stores the job and sets what has to happen next. */
  #save(job: ImportJob): ImportJob {
    this.#store.saveJob(job);
    this.due.set(SUMMARY_KEY, this.now());
    if (isRunning(job.state)) this.due.set(WORK_KEY, this.now());
    else {
      this.due.clear(WORK_KEY);
      this.due.set(PURGE_KEY, epochMs(this.now() + PURGE_AFTER_MS));
    }
    return job;
  }
}
