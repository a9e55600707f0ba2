import type { ExportPorts } from "#channels";
import { ExportShell } from "../../durable-objects/export/export-object.ts";
import { createCatalogExporter } from "../../src/catalog/adapters/export-query.ts";
import { rangeTexts } from "../../src/catalog/adapters/range-texts.ts";
import { createExportPorts } from "../../src/channels/adapters/export-ports.ts";
import { listMarkets } from "../../src/pricing/adapters/market-rows.ts";
import { rangePrices } from "../../src/pricing/adapters/range-prices.ts";
import { deliveryMethodsRead } from "../../src/shipping/adapters/delivery-methods-read.ts";
import { PRICE_READS } from "../shared/price-reads.ts";
import { SHOP_CURRENCY } from "../shared/shop-currency.ts";

export type ExportEnv = Pick<AdminEnv, "DB" | "FILES" | "MEDIA">;

/** What an export reads and where it writes. */
export const exportPorts = ({ DB, FILES, MEDIA }: ExportEnv): ExportPorts =>
  createExportPorts({
    db: DB,
    files: FILES,
    publicFiles: MEDIA,
    exporter: createCatalogExporter(DB),
    markets: () => listMarkets(DB),
    async deliveryMethods() {
      const read = deliveryMethodsRead(DB);
      return read.parse((await read.statement.all()).results);
    },
    prices: (market, range) =>
      rangePrices(
        {
          db: DB,
          market,
          shopCurrency: SHOP_CURRENCY,
          refresh: (variantIds) => PRICE_READS.refreshPrices(DB, variantIds),
          now: Date.now,
        },
        range,
      ),
    texts: (numbers, locales) => rangeTexts(DB, numbers, locales),
    now: Date.now,
  });

/** An export object with its surroundings. */
export class ExportObject extends ExportShell<ExportEnv> {
  protected override ports(): ExportPorts {
    return exportPorts(this.env);
  }
}
