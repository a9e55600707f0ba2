import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ProofRow } from "../test/support/prove-row.ts";
import { buildStatic } from "./lib/build.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { PROOFS, type Proof } from "./lib/proofs.ts";

const HELP = `npm run prove -- [options]     run the long proofs and print one table

  --quick          the short version of each
  --only NAME      this one only; may be given more than once: ${PROOFS.map(({ name }) => name).join(", ")}
  --json FILE      write the rows there, too
  SEED             repeats the choices of a run`;

async function prove(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const proofs = chosen(values.only);
  const folder = mkdtempSync(join(tmpdir(), "kerbside-prove-"));
  await buildStatic();
  const rows: ProofRow[] = [];
  // One after the other: each measures time, and each of them fills the machine.
  for (const proof of proofs) rows.push(await runProof(proof, folder, values.quick));
  printTable(rows);
  const report = { provedAt: new Date().toISOString(), node: process.version, isQuick: values.quick, rows };
  const path = values.json ?? join(folder, "proofs.json");
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nAs JSON: ${path}`);
  return rows.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

function chosen(only: readonly string[]): readonly Proof[] {
  const unknown = only.filter((name) => !PROOFS.some((proof) => proof.name === name));
  if (unknown.length > 0) throw new Mendable(`There is no proof called ${unknown.join(", ")}.\n\n${HELP}`);
  return only.length === 0 ? PROOFS : PROOFS.filter(({ name }) => only.includes(name));
}

async function runProof(proof: Proof, folder: string, isQuick: boolean): Promise<ProofRow> {
  const startedAt = performance.now();
  process.stderr.write(`${proof.name} …`);
  const row = proof.read(await proof.run(folder, isQuick ? proof.quick : proof.long));
  const tookSeconds = Math.round((performance.now() - startedAt) / 1_000);
  process.stderr.write(` ${row.faults.length === 0 ? "kept" : "BROKEN"} (${tookSeconds} s)\n`);
  return { ...row, figures: { ...row.figures, tookSeconds } };
}

/** One block per proof: what, N, seed and verdict on the first line, figures below, and what was broken. */
function printTable(rows: readonly ProofRow[]): void {
  const cells = rows.map(({ what, n, seed, faults }) => [
    what,
    n.toLocaleString("en"),
    seed === undefined ? "–" : String(seed),
    faults.length === 0 ? "kept" : `BROKEN (${faults.length})`,
  ]);
  const head = ["what", "N", "seed", "verdict"];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((each) => each[column]?.length ?? 0)),
  );
  const line = (each: readonly string[]): string =>
    each.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ");
  console.log(`\n${line(head)}  figures`);
  for (const [index, { figures, faults }] of rows.entries()) {
    const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
    console.log(`${line(cells[index] ?? [])}  ${words.join(", ")}`);
    for (const fault of faults.slice(0, 10)) console.log(`    ${fault}`);
  }
}

await runTask(prove);
