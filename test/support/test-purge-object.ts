import { PurgeShell } from "../../durable-objects/purge/purge-object.ts";

/** The purge object with a cache that a test looks into. */
export class PurgeObject extends PurgeShell<Cloudflare.Env> {
  readonly sent: { readonly tags: readonly string[]; readonly at: number }[] = [];
  /** Runs while a purge is under way; what it throws the platform has refused. */
  duringPurge: () => void | Promise<void> = () => undefined;

  readonly reached: number[] = [];
  /** Runs when the purge is about to begin; what it throws is an index that cannot follow. */
  duringReach: () => void | Promise<void> = () => undefined;

  protected override async reach(position: number): Promise<void> {
    await this.duringReach();
    this.reached.push(position);
  }

  protected override everything(): string {
    return "catalogue";
  }

  protected override async purge(tags: readonly string[]): Promise<void> {
    await this.duringPurge();
    this.sent.push({ tags, at: this.now() });
  }
}
