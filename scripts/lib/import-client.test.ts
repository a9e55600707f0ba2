import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { createImportClient } from "./import-client.ts";

let server: Server | undefined;
afterEach(() => new Promise<void>((settle) => void (server ? server.close(() => settle()) : settle())));

const JOB = {
  id: "imp_1",
  state: "finished",
  policy: "reject-failed-rows",
  source: "shopify",
  currency: "EUR",
  fileName: "a.csv",
  fileBytes: 1,
  fileSha256: "00",
  rows: { total: 1, accepted: 1, created: 1, changed: 0, same: 0, rejected: 0, waiting: 0, warned: 0 },
  products: { total: 1, created: 1, changed: 0, same: 0, rejected: 0, waiting: 0 },
  warnings: 0,
  progress: { step: "write", done: 1, total: 1 },
  createdAt: "2026-11-22T00:00:00Z",
  version: 1,
};

test("an answer whose body is cut off is asked for again, as one that never came", async () => {
  let asked = 0;
  server = createServer((_request, answer) => {
    asked += 1;
    const body = JSON.stringify(JOB);
    answer.writeHead(200, { "content-type": "application/json", "content-length": String(body.length) });
    if (asked > 1) return void answer.end(body);
    answer.write(body.slice(0, 20));
    setTimeout(() => answer.destroy(), 20);
  });
  await new Promise<void>((settle) => server?.listen(0, "127.0.0.1", settle));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = createImportClient(`http://127.0.0.1:${port}`, "token");
  expect((await client.read("imp_1")).state).toBe("finished");
  expect(asked).toBe(2);
});
