import type { MailSender, OrderMail } from "../contract.ts";

/**
 * Where a mail's button goes. With the key the page opens at once and swaps the key for a cookie; without it the page
 * asks who is there.
 */
export function orderLink(mail: Pick<OrderMail, "orderId" | "linkKey">, sender: MailSender): string {
  const page = `${sender.shopOrigin}/orders/${encodeURIComponent(mail.orderId)}`;
  return mail.linkKey === undefined ? page : `${page}?key=${encodeURIComponent(mail.linkKey)}`;
}
