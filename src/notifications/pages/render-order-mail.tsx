import { directionOf } from "#kernel";
import type { MailSender, OrderMail, RenderedMail } from "../contract.ts";
import { MAX_MAIL_LINES } from "../limits.ts";
import { OrderMailDocument } from "./order-mail.tsx";
import { addressOf, buttonLink } from "./order-link.ts";
import { amountIn, speechOfMail, type MailWords, type Telling } from "./mail-words.ts";
import { totalName, WORDS } from "./words.ts";

/** Renders a mail in the language of its order: subject (a fact and the order number), HTML and the same in plain text. */
export function renderOrderMail(mail: OrderMail, sender: MailSender): RenderedMail {
  const telling: Telling = { mail, speech: speechOfMail(mail), sender };
  const words = WORDS[mail.template](telling);
  const document = <OrderMailDocument telling={telling} words={words} />;
  return {
    subject: `${words.fact} ${mail.orderNumber}`,
    html: `<!doctype html>${document.toString()}`,
    text: renderText(telling, words),
  };
}

/** A first strong character decides the direction of a line where the mail reader shows plain text: ours is at its start. */
const RIGHT_TO_LEFT_MARK = "\u200f";

function renderText(telling: Telling, words: MailWords): string {
  const { mail, sender, speech } = telling;
  const { say } = speech;
  const amount = (minor: number): string => amountIn(telling, minor);
  const labelled = (label: string, text: string): string => say("mail.labelled", { label, text });
  const hidden = mail.lines.length - MAX_MAIL_LINES;
  const items = mail.lines.slice(0, MAX_MAIL_LINES).map((line) => {
    const name = line.variantTitle === "" ? line.title : `${line.title}, ${line.variantTitle}`;
    return labelled(`${line.quantity} × ${name}`, amount(line.totalMinor));
  });
  const isCancelled = mail.template === "order_cancelled";
  const parcels = mail.parcels.map(({ carrier, trackingNumber }) =>
    labelled(say("mail.parcel"), `${carrier} ${trackingNumber}`),
  );
  const lines = [
    words.heading,
    "",
    ...words.paragraphs.flatMap((paragraph) => [paragraph, ""]),
    labelled(words.button, buttonLink(mail, sender)),
    "",
    say("mail.order", { number: mail.orderNumber }),
    ...items,
    ...(hidden > 0 ? [say("mail.more_lines", { count: hidden })] : []),
    labelled(say("summary.items"), amount(mail.itemsMinor)),
    ...(mail.reductions ?? []).map((share) => labelled(share.label, amount(-share.amountMinor))),
    labelled(
      say("order.delivery", { name: mail.delivery.name }),
      mail.deliveryMinor === 0 ? say("summary.free") : amount(mail.deliveryMinor),
    ),
    labelled(totalName(telling), amount(mail.totalMinor)),
    ...(mail.taxMinor > 0 && !isCancelled ? [say("mail.tax", { amount: amount(mail.taxMinor) })] : []),
    ...(mail.payments ?? []).map((share) =>
      labelled(say("mail.paid", { label: share.label }), amount(share.amountMinor)),
    ),
    "",
    ...(parcels.length > 0 ? [...parcels, ""] : []),
    ...(isCancelled ? [] : [labelled(say("order.address"), ""), ...addressOf(telling), ""]),
    sender.shopName,
    "",
  ].map((line) => line.trimEnd().replaceAll(/[\u00a0\u202f]/g, " "));
  const isRightToLeft = directionOf(speech.language) === "rtl";
  return lines.map((line) => (isRightToLeft && line !== "" ? RIGHT_TO_LEFT_MARK + line : line)).join("\n");
}
