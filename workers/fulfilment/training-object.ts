import type { CatalogTexts } from "#semantics";
import { createMeaningTexts } from "../../src/catalog/adapters/meaning-texts.ts";
import { writeModel } from "../../src/semantics/adapters/model-write.ts";
import { TrainingShell } from "../../durable-objects/training/training-object.ts";

/** The training of meanings over the shop's database. */
export class TrainingObject extends TrainingShell<Pick<FulfilmentEnv, "DB">> {
  protected override texts(): CatalogTexts {
    return createMeaningTexts(this.env.DB);
  }

  protected override write(
    ...[model, version]: Parameters<TrainingShell<FulfilmentEnv>["write"]>
  ): Promise<void> {
    return writeModel(this.env.DB, model, version);
  }
}
