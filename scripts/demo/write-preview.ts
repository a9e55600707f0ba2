import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { epochMs } from "../../src/kernel/time.ts";
import { buildDemoCatalogue } from "./catalogue.ts";

// Writes every picture of the demo shop and a page that shows them: node scripts/demo/write-preview.ts DIRECTORY
const directory = process.argv[2] ?? "demo-preview";
mkdirSync(directory, { recursive: true });
const { media } = buildDemoCatalogue(epochMs(Date.now()));
for (const { name, svg } of media) {
  writeFileSync(join(directory, name), svg);
}
const largest = Math.max(...media.map(({ svg }) => gzipSync(svg).length));
const cells = media.map(
  ({ name, alt }) =>
    `<figure><img src="${name}" width="340" alt="${alt.replaceAll('"', "&quot;")}"><figcaption>${alt}</figcaption></figure>`,
);
writeFileSync(
  join(directory, "index.html"),
  `<!doctype html><meta charset="utf-8"><title>Demo pictures</title><body style="display:grid;grid-template-columns:repeat(auto-fill,340px);gap:16px;font:14px sans-serif">${cells.join("")}`,
);
console.log(
  `${String(media.length)} pictures in ${directory}, the largest ${String(largest)} bytes compressed`,
);
