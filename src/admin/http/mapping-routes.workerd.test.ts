import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import type { ImportRpc } from "#catalog-import";
import { newTraceparent, objectNamespace } from "#platform";
import type { WebEnv } from "#web";
import { createImportDesk } from "../../catalog-import/adapters/import-desk.ts";
import { readMappingInput } from "../../catalog-import/http/read-mapping.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createImportPages } from "./import-routes.tsx";
import { createMappingPages } from "./mapping-routes.tsx";

const imports = createImportDesk({
  db: env.DB,
  files: env.FILES,
  imports: objectNamespace<ImportRpc>(env.IMPORTS),
  shopCurrency: "EUR",
});
const ports = {
  imports,
  mappingInput: readMappingInput,
  shopCurrency: "EUR",
  timeZone: "Europe/Berlin",
} as AdminPorts;
const app = new Hono<WebEnv>();
app.use(async (c, next) => {
  c.set("traceparent", newTraceparent());
  await next();
});
app.route(
  "/",
  createMappingPages(() => ports),
);
app.route(
  "/",
  createImportPages(() => ports),
);

const TABLE = "name,price,stars\nFan,₹1000,4\nLamp,,4\nMat,₹100,Get\n";
/** What a browser would send for the mapping that is guessed from the table. */
const FORM = {
  fileName: "stock list.csv",
  reading: "mapped",
  rows: "each-row",
  currency: "INR",
  rate: "0.011",
  decimalSign: ".",
  "title.c1": "name",
  "price.c1": "price",
  "price.as": "price",
  "fact.0.name": "Rating",
  "fact.0.column": "stars",
  "fact.0.as": "number",
  name: "indian-table",
  version: "0",
  openedName: "",
};

async function upload(reading: string, act: string): Promise<Response> {
  const form = new FormData();
  form.set("file", new File([TABLE], "stock list.csv"));
  form.set("reading", reading);
  form.set("do", act);
  return app.request("/imports", { method: "POST", body: form });
}
const tryPath = async (): Promise<string> => {
  const answer = await upload("guess", "look");
  expect(answer.status).toBe(303);
  return (answer.headers.get("location") ?? "").replace(/^\/admin/, "");
};
const send = (path: string, fields: Readonly<Record<string, string>>) =>
  app.request(path.replace(/\?.*/, ""), { method: "POST", body: new URLSearchParams(fields) });

describe("a table that staff look at before they import it", () => {
  beforeEach(() => env.DB.prepare("DELETE FROM import_mappings").run());

  it("shows what each of the first rows becomes, through the mapping that it looks like", async () => {
    const page = await (await app.request(await tryPath())).text();
    expect(page).toContain("Of them 2 would be taken and 1 refused");
    expect(page).toContain('value="stock-list"');
    expect(page).toMatch(/<option value="name" selected/);
    // Without a rate nothing is converted, and the page says so.
    expect(page).toContain("state in the mapping what one INR is worth");
  });

  it("shows a look again without saving, and what is wrong beside the column that it is about", async () => {
    const path = await tryPath();
    const page = await (await send(path, { ...FORM, do: "look" })).text();
    expect(page).toContain("€11.00");
    expect(page).toContain("This is not a number; it was left out.");
    expect(page).toContain('id="fact.0.column-error"');
    expect(await imports.mappings.list()).toEqual([]);
  });

  it("says every mistake at its field and keeps what was typed", async () => {
    const answer = await send(await tryPath(), {
      ...FORM,
      do: "save",
      currency: "rupee",
      rate: "much",
      "fact.0.name": "",
    });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    for (const field of ["currency", "rate", "fact.0.name"])
      expect([field, page.includes(`id="${field}-error"`)]).toEqual([field, true]);
    expect(page).toContain('value="much"');
    const untitled = await send(await tryPath(), { ...FORM, do: "save", "title.c1": "" });
    expect(await untitled.text()).toContain('id="title.c1-error"');
  });

  it("is saved and imported through its mapping with one button", async () => {
    const answer = await send(await tryPath(), { ...FORM, do: "import" });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      expect.stringMatching(/^\/admin\/imports\/imp_/),
    ]);
    expect(await imports.mappings.find("indian-table")).toMatchObject({
      ok: true,
      value: { version: 1, mapping: { currency: "INR", ratePpm: 11_000 } },
    });
    const report = await app.request((answer.headers.get("location") ?? "").replace("/admin", ""));
    expect(await report.text()).toContain("through the mapping indian-table, version 1");
  });

  it("does not overwrite a mapping of another name or of a later version", async () => {
    const path = await tryPath();
    await send(path, { ...FORM, do: "save" });
    const taken = await send(path, { ...FORM, do: "save", currency: "EUR", rate: "" });
    expect([taken.status, (await taken.text()).includes('id="name-error"')]).toEqual([409, true]);
    const opened = { ...FORM, do: "save", version: "1", openedName: "indian-table" };
    expect((await send(path, { ...opened, roundToMinor: "10" })).status).toBe(200);
    expect((await send(path, { ...opened, roundToMinor: "50" })).status).toBe(409);
    expect(await imports.mappings.find("indian-table")).toMatchObject({ value: { version: 2 } });
  });

  it("needs the mapping for another currency, a file that is there, and a form of a known shape", async () => {
    const path = await tryPath();
    const noRate = await send(path, { ...FORM, rate: "", do: "import" });
    expect([noRate.status, (await noRate.text()).includes('id="rate-error"')]).toEqual([422, true]);
    expect((await app.request(`/imports/try/${"0".repeat(64)}?reading=guess`)).status).toBe(404);
    expect((await send(`/imports/try/${"0".repeat(64)}`, { ...FORM, do: "look" })).status).toBe(404);
    expect((await upload("jsonl", "look")).status).toBe(422);
  });

  it("is listed with its mapping, which can be forgotten", async () => {
    await send(await tryPath(), { ...FORM, do: "save" });
    expect(await (await app.request("/imports/mappings")).text()).toContain("indian-table");
    expect((await send("/imports/mappings/indian-table/remove", {})).status).toBe(303);
    expect(await (await app.request("/imports/mappings?done=removed")).text()).toContain("No mapping yet");
  });
});
