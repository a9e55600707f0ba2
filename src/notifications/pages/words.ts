import { formatDate, formatDayRange, formatMinor } from "#web";
import type { MailSender, MailTemplate, OrderMail } from "../contract.ts";
import { DESK_WORDS } from "./desk-words.ts";
import { localeOf, type MailWords } from "./mail-words.ts";

/** The days of arrival; a day is not torn apart at the end of a line. */
const arrival = (mail: OrderMail): string =>
  formatDayRange(mail.delivery.earliestDate, mail.delivery.latestDate, localeOf(mail))
    .split(" – ")
    .map((day) => day.replaceAll(" ", NO_BREAK_SPACE))
    .join(" – ");

const NO_BREAK_SPACE = "\u00a0";

/** What stands before the sum: nobody should read a cancelled order as a bill. */
export const totalName = (mail: OrderMail): string =>
  mail.template === "order_cancelled" ? "Total, not charged" : "Total";

const RESERVED =
  "Your bank had set the amount aside. It goes back by itself; the bank may need some days to show it.";

function cancelledWords(mail: OrderMail): readonly string[] {
  const reserved = mail.wasAuthorised === true ? [RESERVED] : [];
  switch (mail.cancelCause ?? "other") {
    case "expired":
      return ["This took too long, so we cancelled it. Nothing was charged and your cart is unchanged."];
    case "transfer_overdue":
      return [
        "Your transfer had not arrived in time, so we cancelled the order and put the items back.",
        "If you have sent it already, answer this mail and we send the money back.",
      ];
    case "declined":
      return [
        "Your bank said no to this payment. Nothing was charged. Try another card, or ask your bank.",
        "Your cart is as you left it.",
      ];
    case "sold_out":
      return [
        "Something in it sold out before we could set it aside for you. Nothing was charged.",
        ...reserved,
      ];
    case "other":
      return ["It was cancelled before anything was charged.", ...reserved];
  }
}

/** How it is paid, and when it comes. */
function confirmedWords(mail: OrderMail): readonly string[] {
  const comes = `It arrives ${arrival(mail)}.`;
  if (mail.cashDueMinor === undefined) return [`Your payment went through and we are packing. ${comes}`];
  const cash = formatMinor(mail.cashDueMinor, mail.currency, localeOf(mail));
  return [`We are packing. ${comes}`, `Have ${cash} ready: you pay the carrier when the parcel comes.`];
}

/** What the bank's form asks for. */
function transferWords({ transfer, ...mail }: OrderMail, { timeZone }: MailSender): readonly string[] {
  if (!transfer) return [];
  const locale = localeOf(mail);
  const amount = formatMinor(transfer.amountMinor, mail.currency, locale);
  return [
    `Please transfer ${amount} by ${formatDate(transfer.dueAt, timeZone, locale)}.`,
    `To: ${transfer.to}`,
    `Reference: ${mail.orderNumber}`,
    "We keep your items until then, and send them when the money has arrived.",
  ];
}

/** The words of each template; the subject is the fact and the order number. */
export const WORDS: Readonly<Record<MailTemplate, (mail: OrderMail, sender: MailSender) => MailWords>> = {
  ...DESK_WORDS,
  order_confirmed: (mail) => ({
    fact: "Order confirmed",
    heading: "Your order is confirmed.",
    paragraphs: [...confirmedWords(mail), "We write again when it leaves."],
    preview: `It arrives ${arrival(mail)}.`,
    button: "See your order",
  }),
  order_shipped: (mail) => ({
    fact: "On its way",
    heading: "Your parcel is on its way.",
    paragraphs: [
      `${mail.parcels[0]?.carrier ?? "The carrier"} has it now. It arrives ${arrival(mail)}. The order page follows each step.`,
    ],
    preview: `It arrives ${arrival(mail)}.`,
    button: "Follow your parcel",
  }),
  order_delivered: () => ({
    fact: "Delivered",
    heading: "Your parcel has arrived.",
    paragraphs: [
      "If you do not have it, ask at home and next door first. Then answer this mail and we look for it.",
    ],
    preview: "The carrier says that your parcel has arrived.",
    button: "See your order",
  }),
  order_cancelled: (mail) => ({
    fact: "Order cancelled",
    heading: "Your order is cancelled.",
    paragraphs: cancelledWords(mail),
    preview: "Nothing was charged.",
    button: "See what happened",
  }),
  payment_unknown: () => ({
    fact: "Payment being checked",
    heading: "Your bank has not answered yet.",
    paragraphs: [
      "Do not pay again: we will e-mail you as soon as we know.",
      "What you chose stays set aside for you until then.",
    ],
    preview: "Do not pay again: we will e-mail you as soon as we know.",
    button: "See the state of your order",
  }),
  order_link: () => ({
    fact: "The link to your order",
    heading: "Here is your order.",
    paragraphs: [
      "Somebody, most likely you, asked for this link in our shop. Whoever has it sees the order: do not pass it on.",
    ],
    preview: "It opens your order at once.",
    button: "See your order",
  }),
  transfer_due: (mail, sender) => ({
    fact: "Waiting for your transfer",
    heading: "Your items are set aside.",
    paragraphs: transferWords(mail, sender),
    preview: "What to write on the transfer, and until when.",
    button: "See your order",
  }),
};
