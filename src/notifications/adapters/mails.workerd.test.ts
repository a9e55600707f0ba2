import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { epochMs } from "#kernel";
import type { Mail } from "../contract.ts";
import { createD1Outbox } from "./d1-outbox.ts";
import { findMail, listMails, mailListSql } from "./queries.ts";

const mail = (number: number, orderId = "ord_1"): Mail => ({
  mailId: `mail_${number}`,
  orderId,
  template: "order_confirmed",
  recipient: "mira@example.com",
  subject: `Order confirmed ${number}`,
  html: "<p>…</p>",
  text: "…",
  createdAt: epochMs(1_000 + Math.floor(number / 2)),
});

test("a mail is taken once, listed newest first and found with its bodies", async () => {
  const outbox = createD1Outbox(env.DB);
  expect(await outbox.deliver(mail(1))).toBe("accepted");
  expect(await outbox.deliver({ ...mail(1), subject: "Changed" })).toBe("repeated");
  for (const number of [2, 3, 4]) await outbox.deliver(mail(number, number === 4 ? "ord_2" : "ord_1"));
  const first = await listMails(env.DB, { limit: 2 });
  if (!first.ok || first.value.nextCursor === undefined) throw new Error("there is a next page");
  const rest = await listMails(env.DB, { limit: 2, cursor: first.value.nextCursor });
  const ids = [...first.value.items, ...(rest.ok ? rest.value.items : [])].map((row) => row.mailId);
  expect(ids).toEqual(["mail_4", "mail_3", "mail_2", "mail_1"]);
  const ofOrder = await listMails(env.DB, { orderId: "ord_1", limit: 9 });
  expect(ofOrder.ok && ofOrder.value.items.map((row) => row.mailId)).toEqual(["mail_3", "mail_2", "mail_1"]);
  const { createdAt, ...stored } = mail(1);
  expect(await findMail(env.DB, "mail_1")).toEqual({ ...stored, createdAt });
  expect(await findMail(env.DB, "mail_9")).toBeUndefined();
});

test("a cursor of another list is refused", async () => {
  expect(await listMails(env.DB, { cursor: "WzFd", limit: 1 })).toMatchObject({ ok: false });
});

test("both lists read through an index", async () => {
  for (const orderId of [undefined, "ord_1"]) {
    const { sql, parameters } = mailListSql(orderId, [1, "a"]);
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...parameters, 10)
      .all<{ detail: string }>();
    const plan = results.map((row) => row.detail).join("\n");
    expect(plan).toMatch(/SEARCH mails USING INDEX mails_(created|order)/);
  }
});
