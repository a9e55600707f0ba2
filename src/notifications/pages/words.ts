import type { MailTemplate, OrderMail } from "../contract.ts";
import { DESK_WORDS } from "./desk-words.ts";
import { amountIn, type Telling, type WordsOf } from "./mail-words.ts";

/** The days of arrival; a day is not torn apart at the end of a line. */
const arrival = ({ mail, speech }: Telling): string =>
  speech
    .days(mail.delivery.earliestDate, mail.delivery.latestDate)
    .split(" – ")
    .map((day) => day.replaceAll(" ", NO_BREAK_SPACE))
    .join(" – ");

const NO_BREAK_SPACE = "\u00a0";

/** What stands before the sum: nobody should read a cancelled order as a bill. */
export const totalName = ({ mail, speech: { say } }: Pick<Telling, "mail" | "speech">): string =>
  mail.template === "order_cancelled" ? say("mail.total_not_charged") : say("summary.total");

function cancelledWords({ mail, speech: { say } }: Telling): readonly string[] {
  const reserved = mail.wasAuthorised === true ? [say("mail.reserved")] : [];
  switch (mail.cancelCause ?? "other") {
    case "expired":
      return [say("mail.cancelled_expired")];
    case "transfer_overdue":
      return [say("mail.cancelled_transfer"), say("mail.cancelled_transfer_sent")];
    case "declined":
      return [say("mail.cancelled_declined"), say("mail.cart_kept")];
    case "sold_out":
      return [say("mail.cancelled_sold_out"), ...reserved];
    case "other":
      return [say("mail.cancelled_other"), ...reserved];
  }
}

/** How it is paid, and when it comes. */
function confirmedWords(telling: Telling): readonly string[] {
  const { cashDueMinor } = telling.mail;
  const { say } = telling.speech;
  const days = arrival(telling);
  if (cashDueMinor === undefined) return [say("mail.confirmed_paid", { days })];
  return [
    say("mail.confirmed_cash", { days }),
    say("mail.cash_ready", { amount: amountIn(telling, cashDueMinor) }),
  ];
}

/** What the bank's form asks for. */
function transferWords(telling: Telling): readonly string[] {
  const { transfer, orderNumber } = telling.mail;
  const { say, date } = telling.speech;
  if (!transfer) return [];
  return [
    say("mail.transfer_please", {
      amount: amountIn(telling, transfer.amountMinor),
      day: date(transfer.dueAt, telling.sender.timeZone),
    }),
    say("mail.transfer_to", { to: transfer.to }),
    say("mail.transfer_reference", { number: orderNumber }),
    say("mail.transfer_kept"),
  ];
}

const carrierOf = ({ parcels }: OrderMail): string | undefined => parcels[0]?.carrier;

/** The words of each template; the subject is the fact and the order number. */
export const WORDS: WordsOf<MailTemplate> = {
  ...DESK_WORDS,
  order_confirmed: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.confirmed"),
      heading: say("mail.confirmed_heading"),
      paragraphs: [...confirmedWords(telling), say("mail.write_again")],
      preview: say("mail.arrives", { days: arrival(telling) }),
      button: say("mail.see_order"),
    };
  },
  order_shipped: (telling) => {
    const { say } = telling.speech;
    const days = arrival(telling);
    const carrier = carrierOf(telling.mail) ?? say("mail.the_carrier");
    return {
      fact: say("mail.shipped"),
      heading: say("mail.shipped_heading"),
      paragraphs: [say("mail.shipped_text", { carrier, days })],
      preview: say("mail.arrives", { days }),
      button: say("mail.shipped_button"),
    };
  },
  order_delivered: ({ speech: { say } }) => ({
    fact: say("mail.delivered"),
    heading: say("mail.delivered_heading"),
    paragraphs: [say("mail.delivered_text")],
    preview: say("mail.delivered_preview"),
    button: say("mail.see_order"),
  }),
  order_cancelled: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.cancelled"),
      heading: say("mail.cancelled_heading"),
      paragraphs: cancelledWords(telling),
      preview: say("mail.cancelled_preview"),
      button: say("mail.cancelled_button"),
    };
  },
  payment_unknown: ({ speech: { say } }) => ({
    fact: say("mail.unknown"),
    heading: say("mail.unknown_heading"),
    paragraphs: [say("mail.unknown_text"), say("mail.unknown_kept")],
    preview: say("mail.unknown_text"),
    button: say("mail.unknown_button"),
  }),
  order_link: ({ speech: { say } }) => ({
    fact: say("mail.link"),
    heading: say("mail.link_heading"),
    paragraphs: [say("mail.link_text")],
    preview: say("mail.link_preview"),
    button: say("mail.see_order"),
  }),
  transfer_due: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.transfer"),
      heading: say("mail.transfer_heading"),
      paragraphs: transferWords(telling),
      preview: say("mail.transfer_preview"),
      button: say("mail.see_order"),
    };
  },
};
