import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { problemAnswers, type WebEnv } from "#web";
import type { CatalogExporter, ExportedProduct } from "../app/exported-product.ts";
import { SHOPIFY_HEAD, shopifyLines } from "../app/shopify-lines.ts";

export type ExportOptions = {
  readonly exporter: (c: Context) => CatalogExporter;
  /** Where shoppers find the shop, for addresses in a file. */
  readonly origin: (c: Context) => string;
};

type Format = {
  readonly file: string;
  readonly type: string;
  readonly summary: string;
  readonly head: string;
  readonly lines: (product: ExportedProduct, origin: string) => string;
};

const FORMATS: readonly Format[] = [
  {
    file: "products.jsonl",
    type: "application/x-ndjson",
    summary: "All products, one JSON document per line; importing it changes nothing",
    head: "",
    lines: ({ input }) => `${JSON.stringify(input)}\n`,
  },
  {
    file: "products.csv",
    type: "text/csv; charset=utf-8",
    summary: "All products as Shopify writes them",
    head: SHOPIFY_HEAD,
    lines: shopifyLines,
  },
];

/** Files of the whole catalogue, streamed page by page, so that its size does not matter. Mounted under /admin/api. */
export function createExportApi({ exporter, origin }: ExportOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  for (const { file, type, summary, head, lines } of FORMATS)
    app.get(
      `/exports/${file}`,
      describeRoute({
        summary,
        description:
          "Streamed while it is read; products that change meanwhile are there as before or as after.",
        tags: ["Exports"],
        responses: { 200: { description: "The file" }, ...problemAnswers(401) },
      }),
      (c) =>
        c.body(
          streamPages(exporter(c), head, (product) => lines(product, origin(c))),
          200,
          {
            "content-type": type,
            "content-disposition": `attachment; filename="${file}"`,
          },
        ),
    );
  return app;
}

/** One page is read whenever the reader has room for it, so a slow reader holds one page in memory and no more. */
function streamPages(
  exporter: CatalogExporter,
  head: string,
  line: (product: ExportedProduct) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after = 0;
  return new ReadableStream({
    start(controller) {
      if (head !== "") controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      // A page may have nothing to say, and a pull without a chunk is not repeated.
      for (;;) {
        const products = await exporter.page(after);
        const last = products.at(-1);
        if (!last) return controller.close();
        after = last.number;
        const text = products.map(line).join("");
        if (text !== "") return controller.enqueue(encoder.encode(text));
      }
    },
  });
}
