import { formatMinor } from "#web";
import type { MailSender, OrderMail, RenderedMail } from "../contract.ts";
import { MAX_MAIL_LINES } from "../limits.ts";
import { OrderMailDocument } from "./order-mail.tsx";
import { buttonLink } from "./order-link.ts";
import { localeOf, type MailWords } from "./mail-words.ts";
import { totalName, WORDS } from "./words.ts";

/** Renders a mail: subject (a fact and the order number), HTML and the same in plain text. */
export function renderOrderMail(mail: OrderMail, sender: MailSender): RenderedMail {
  const words = WORDS[mail.template](mail, sender);
  const document = <OrderMailDocument mail={mail} words={words} sender={sender} />;
  return {
    subject: `${words.fact} ${mail.orderNumber}`,
    html: `<!doctype html>${document.toString()}`,
    text: renderText(mail, words, sender),
  };
}

function renderText(mail: OrderMail, words: MailWords, sender: MailSender): string {
  const amount = (minor: number): string => formatMinor(minor, mail.currency, localeOf(mail));
  const hidden = mail.lines.length - MAX_MAIL_LINES;
  const items = mail.lines.slice(0, MAX_MAIL_LINES).map((line) => {
    const name = line.variantTitle === "" ? line.title : `${line.title}, ${line.variantTitle}`;
    return `${line.quantity} x ${name}: ${amount(line.totalMinor)}`;
  });
  const isCancelled = mail.template === "order_cancelled";
  const tax = mail.taxMinor > 0 && !isCancelled ? `, of which VAT ${amount(mail.taxMinor)}` : "";
  const parcels = mail.parcels.map(({ carrier, trackingNumber }) => `Parcel: ${carrier} ${trackingNumber}`);
  return [
    words.heading,
    "",
    ...words.paragraphs.flatMap((paragraph) => [paragraph, ""]),
    `${words.button}: ${buttonLink(mail, sender)}`,
    "",
    `Order ${mail.orderNumber}`,
    ...items,
    ...(hidden > 0 ? [`And ${hidden} more on the order page.`] : []),
    `Items: ${amount(mail.itemsMinor)}`,
    ...(mail.reductions ?? []).map((share) => `${share.label}: -${amount(share.amountMinor)}`),
    `Delivery, ${mail.delivery.name}: ${mail.deliveryMinor === 0 ? "free" : amount(mail.deliveryMinor)}`,
    `${totalName(mail)}: ${amount(mail.totalMinor)}${tax}`,
    ...(mail.payments ?? []).map((share) => `Paid: ${share.label}: ${amount(share.amountMinor)}`),
    "",
    ...(parcels.length > 0 ? [...parcels, ""] : []),
    ...(isCancelled ? [] : ["Delivery address:", ...mail.addressLines, ""]),
    sender.shopName,
    "",
  ]
    .join("\n")
    .replaceAll("\u00a0", " ");
}
