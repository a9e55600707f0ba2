import { describe, expect, test } from "vitest";
import { csv, oneRow, readFile, streamOf } from "../../../test/support/read-product-file.ts";
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_RECORD_BYTES } from "../domain/limits.ts";
import { readCsv } from "./read-csv.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function linesOf(text: string, pieceBytes = 3): Promise<(number | string)[]> {
  const lines: (number | string)[] = [];
  for await (const record of readCsv(streamOf(encode(text), pieceBytes))) {
    lines.push(
      record.ok ? record.value.line : `${record.refusal.finding.line}: ${record.refusal.finding.reason}`,
    );
  }
  return lines;
}

describe("a CSV file", () => {
  test("names the line on which each record begins, with breaks in quotes and blank lines between", async () => {
    expect(await linesOf('a,b\n1,"x\ny\nz"\n\n\n2,q\n,\n3,z')).toEqual([1, 2, 7, 8, 9]);
    expect(await linesOf('\uFEFFa,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,q\r\n')).toEqual([1, 2, 6]);
  });

  test("is read the same with a byte order mark, with CRLF, and cut anywhere", async () => {
    const text = csv([
      ["Handle", "Title", "Variant Price"],
      ["mug", "Žolelė — two\nlines", "3"],
    ]);
    const plain = await readFile(text, 4096);
    expect(plain.products[0]?.title).toBe("Žolelė — two lines");
    for (const pieceBytes of [1, 2, 5]) {
      expect((await readFile(`\uFEFF${text.replaceAll("\n", "\r\n")}`, pieceBytes)).products).toEqual(
        plain.products,
      );
    }
  });

  test("may be separated by semicolons or tabs", async () => {
    for (const separator of [";", "\t"]) {
      const { products } = await readFile(
        `Handle${separator}Title${separator}Variant Price\nmug${separator}Mug, blue${separator}3`,
      );
      expect(products).toMatchObject([{ handle: "mug", title: "Mug, blue" }]);
    }
  });

  test.each([
    ["an open quotation mark", 'Handle,Title,Variant Price\na,A,1\nb,"B,1\nc,C,1\n', 3],
    ["a lone quotation mark", 'Handle,Title,Variant Price\na,A,1\nb,5" pipe,1\n', 3],
    ["text after a quoted cell", 'Handle,Title,Variant Price\na,A,1\nb,"B" x,1\n', 3],
    ["a record that never ends", `Handle,Title,Variant Price\na,"${"x".repeat(MAX_RECORD_BYTES)}`, 2],
    ["no header", "", 1],
    ["no known column", "a,b\n1,2\n", 1],
    ["no price column", "Handle,Title\na,A\n", 1],
    ["two columns of one name", "Handle,Title,Variant Price,variant price\na,A,1,2\n", 1],
    ["too many columns", `Handle,Variant Price${",x".repeat(MAX_COLUMNS)}\n`, 1],
  ])("with %s is refused whole, with its line", async (_what, text, line) => {
    const { refused, products } = await readFile(text, 4096);
    expect(refused).toMatchObject({ line, severity: "rejected" });
    expect(products).toEqual([]);
  });

  test("that is UTF-16 is refused with what to do", async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x48, 0, 0x61, 0]);
    expect((await readFile(bytes)).refused?.reason).toContain("UTF-8");
  });

  test("keeps going after a row with too many cells, a huge cell or text that is not UTF-8", async () => {
    const huge = oneRow({ "Body (HTML)": "x".repeat(MAX_CELL_CHARACTERS + 1) });
    expect((await readFile(huge, 4096)).findings[0]).toMatchObject({
      line: 2,
      column: "Body (HTML)",
      severity: "rejected",
    });
    const shifted = "Handle,Title,Variant Price\na,Mug, blue,3\nb,B,1\n";
    const read = await readFile(shifted);
    expect(read.findings).toMatchObject([{ line: 2, value: "3", severity: "rejected" }]);
    expect(read.products.map((product) => product.handle)).toEqual(["b"]);
    const latin1 = new Uint8Array([...encode("Handle,Title,Variant Price\na,caf"), 0xe9, ...encode(",3\n")]);
    expect((await readFile(latin1)).findings[0]?.reason).toContain("UTF-8");
  });

  test("says nothing of blank rows and takes missing cells at the end as blank", async () => {
    const read = await readFile("Handle,Title,Variant Price,Tags\n,,,\na,A,1\n \n");
    expect(read).toMatchObject({
      rows: 1,
      rejectedRows: 0,
      products: [{ handle: "a", tags: [] }],
      findings: [],
    });
  });
});
