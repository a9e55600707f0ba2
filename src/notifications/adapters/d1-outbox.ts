import { gatherWrites } from "#platform";
import type { MailPort } from "../contract.ts";

/**
 * A mail port that keeps each mail in D1, where the developers' outbox page shows it. Nothing leaves the house; a
 * provider's adapter takes this place in production and uses the mail id as its idempotency key.
 */
export function createD1Outbox(db: D1Database): MailPort {
  const writes = gatherWrites(db);
  return {
    async deliver(mail) {
      const statement = db
        .prepare(
          `INSERT INTO mails (id, order_id, template, recipient, subject, html, text, created_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        )
        .bind(
          mail.mailId,
          mail.orderId,
          mail.template,
          mail.recipient,
          mail.subject,
          mail.html,
          mail.text,
          mail.createdAt,
        );
      const { meta } = await writes.run(statement);
      return meta.changes > 0 ? "accepted" : "repeated";
    },
  };
}
