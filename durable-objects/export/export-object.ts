import { epochMs, ok, refuse, type Result } from "#kernel";
import type { ExportJob, ExportPorts, ExportRefusal, ExportRpc, ExportState, StartExport } from "#channels";
import {
  BaseObject,
  failpoint,
  sha256Hex,
  sha256HexOfBytes,
  type CallContext,
  type OutboxQueues,
} from "#platform";
import {
  chunkStored,
  fileRemoved,
  isRunning,
  moveExport,
  queueExport,
} from "../../src/channels/domain/export-job.ts";
import { CHUNK_BYTES, MAX_CHUNKS, MAX_SLICE_ATTEMPTS, SLICE_MS } from "../../src/channels/domain/limits.ts";
import { EXPORT_MIGRATIONS, ExportStore } from "./export-store.ts";
import { gatherPiece } from "./gather-piece.ts";

const WORK_KEY = "work";
const SUMMARY_KEY = "summary";
const CLEAN_KEY = "clean";

/**
 * Writes the catalogue into a file, piece by piece, in slices on the alarm. A piece is stored under its number before it is
 * marked, so a crash at any step repeats at most one piece, with the same name. A feed's object builds again and again; its
 * file takes the public address in one step when it is whole.
 */
export abstract class ExportShell<Env> extends BaseObject<Env> implements ExportRpc {
  readonly #store: ExportStore;
  /** Replaced by tests. */
  chunkBytes = CHUNK_BYTES;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "export", migrations: EXPORT_MIGRATIONS, isLazy: true });
    this.#store = new ExportStore(this.sql);
  }

  protected abstract ports(): ExportPorts;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async start(command: StartExport, call: CallContext): Promise<ExportJob> {
    const known = this.#find();
    if (known && (!command.isFeed || isRunning(known.state))) return known;
    const generation = (known?.generation ?? 0) + 1;
    return this.transact(() =>
      this.#save(queueExport({ ...command, actor: call.actor }, { at: this.now(), generation })),
    );
  }

  async view(): Promise<Result<ExportJob, ExportRefusal>> {
    const job = this.#find();
    return job ? ok(job) : this.#unknown();
  }

  async cancel(_call: CallContext): Promise<Result<ExportJob, ExportRefusal>> {
    return this.#intervene("cancelled", (state) => isRunning(state) || state === "failed");
  }

  async resume(_call: CallContext): Promise<Result<ExportJob, ExportRefusal>> {
    return this.#intervene("queued", (state) => state === "failed");
  }

  protected override async onDue(key: string, attempts: number): Promise<void> {
    const job = this.#find();
    if (!job) return;
    if (key === SUMMARY_KEY) return this.ports().saveSummary(job);
    if (key === CLEAN_KEY) return this.#clean(job);
    if (key === WORK_KEY) await this.#work(attempts);
  }

  /** Works until the job ends or the slice is over. A throw leaves the deadline standing: the piece is tried again. */
  async #work(attempts: number): Promise<void> {
    const until = this.now() + SLICE_MS;
    if (attempts >= MAX_SLICE_ATTEMPTS)
      return this.#end("failed", "The export could not go on after several tries. It can be resumed.");
    for (let job = this.#running(); job && this.now() <= until; job = this.#running()) {
      if (job.state === "queued") await this.#begin(job);
      else await this.#writePiece(job, until);
    }
    const job = this.#running();
    if (job) this.transact(() => this.#save(job));
  }

  async #begin(job: ExportJob): Promise<void> {
    const lastNumber = await this.ports().lastNumber();
    this.transact(() => {
      const queued = this.#running();
      if (queued?.state !== "queued" || queued.version !== job.version) return;
      this.#save({ ...moveExport(queued, { state: "running", at: this.now() }), lastNumber });
    });
  }

  /** Gathers pages until a piece is full, the file ends or the slice is over; stores it, then marks it. */
  async #writePiece(job: ExportJob, until: number): Promise<void> {
    const source = await this.ports().open(job);
    if (!source) return this.#end("failed", "The market of this file is gone.");
    const piece = await gatherPiece(job, source, {
      isEnough: (bytes) => bytes >= this.chunkBytes || this.now() > until,
    });
    if (piece.bytes.byteLength > 0) await this.#keepPiece(job, piece);
    else if (!piece.isLast) this.#goOn(job, piece.after);
    if (piece.isLast) await this.#finish();
  }

  /** Products of which the file has nothing are passed, too. */
  #goOn({ version }: ExportJob, after: number): void {
    this.transact(() => {
      const now = this.#running();
      if (now?.version === version) this.#store.saveJob({ ...now, after, version: version + 1 });
    });
  }

  async #keepPiece(job: ExportJob, piece: Awaited<ReturnType<typeof gatherPiece>>): Promise<void> {
    if (job.chunks >= MAX_CHUNKS) return this.#end("failed", "The file is too large.");
    await this.ports().putChunk(job, job.chunks, piece.bytes);
    await failpoint("export.after-piece");
    const digest = await sha256Hex(`${job.digest}\n${await sha256HexOfBytes(piece.bytes)}`);
    this.transact(() => {
      const now = this.#running();
      // Somebody has cancelled meanwhile, or another run of the alarm was faster.
      if (now?.generation !== job.generation || now.chunks !== job.chunks) return;
      const { after, products, bytes } = piece;
      this.#store.saveJob(chunkStored(now, { after, products, bytes: bytes.byteLength, digest }));
      this.due.set(SUMMARY_KEY, this.now());
    });
  }

  async #finish(): Promise<void> {
    const job = this.#running();
    if (!job) return;
    if (job.isFeed) await this.ports().publish(job);
    await failpoint("export.after-publish");
    this.#end("finished");
  }

  /** Removes the file of an export whose time is over, or of one that was cancelled. */
  async #clean(job: ExportJob): Promise<void> {
    if (isRunning(job.state) || job.state === "failed" || job.isExpired) return;
    if (job.isFeed && job.state === "finished") return;
    await this.ports().removeFile(job);
    this.transact(() => this.#save(fileRemoved(job)));
  }

  #intervene(
    state: "cancelled" | "queued",
    isAllowed: (state: ExportState) => boolean,
  ): Result<ExportJob, ExportRefusal> {
    const job = this.#find();
    if (!job) return this.#unknown();
    if (job.state === state) return ok(job);
    if (!isAllowed(job.state))
      return refuse({ code: "export_settled", exportId: this.name, state: job.state });
    return ok(this.transact(() => this.#save(moveExport(job, { state, at: this.now() }))));
  }

  #end(state: "finished" | "failed", problem?: string): void {
    this.transact(() => {
      const job = this.#running();
      if (!job) return;
      this.#save(moveExport(job, { state, at: this.now(), ...(problem === undefined ? {} : { problem }) }));
    });
  }

  #find(): ExportJob | undefined {
    return this.isStored ? this.#store.job() : undefined;
  }

  #running(): ExportJob | undefined {
    const job = this.#find();
    return job && isRunning(job.state) ? job : undefined;
  }

  #unknown(): Result<never, ExportRefusal> {
    return refuse({ code: "export_unknown", exportId: this.name });
  }

  /** Stores the job and sets what has to happen next. */
  #save(job: ExportJob): ExportJob {
    this.#store.saveJob(job);
    this.due.set(SUMMARY_KEY, this.now());
    if (isRunning(job.state)) this.due.set(WORK_KEY, this.now());
    else this.due.clear(WORK_KEY);
    if (job.state === "cancelled" && !job.isExpired) this.due.set(CLEAN_KEY, epochMs(this.now() + SLICE_MS));
    else if (job.expiresAtMs !== undefined && !job.isExpired) this.due.set(CLEAN_KEY, job.expiresAtMs);
    return job;
  }
}
