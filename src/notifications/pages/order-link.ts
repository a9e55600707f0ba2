import type { MailSender, OrderMail } from "../contract.ts";
import type { Telling } from "./mail-words.ts";

/** Where a mail's button goes: to the payment page while there is something to pay on one, else to the order page. */
export const buttonLink = (mail: OrderMail, sender: MailSender): string =>
  mail.edit?.payUrl ?? orderLink(mail, sender);

/**
 * With the key the page opens at once and swaps the key for a cookie; without it the page
 * asks who is there.
 */
function orderLink(mail: Pick<OrderMail, "orderId" | "linkKey">, sender: MailSender): string {
  const page = `${sender.shopOrigin}/orders/${encodeURIComponent(mail.orderId)}`;
  return mail.linkKey === undefined ? page : `${page}?key=${encodeURIComponent(mail.linkKey)}`;
}

/** The address as the courier reads it, its country in the buyer's language. */
export const addressOf = ({ mail, speech }: Pick<Telling, "mail" | "speech">): readonly string[] => [
  ...mail.addressLines,
  speech.country(mail.addressCountry),
];
