import { formatDate, formatMinor } from "#web";
import type { DeskMailTemplate, MailSender, OrderMail } from "../contract.ts";
import { localeOf, type MailWords } from "./mail-words.ts";

const amountOf = (mail: OrderMail, minor: number): string =>
  formatMinor(minor, mail.currency, localeOf(mail));
const piecesOf = (count: number): string => `${count} ${count === 1 ? "piece" : "pieces"}`;

function refundWords(mail: OrderMail): MailWords {
  const { amountMinor, to, isCancellation } = mail.refund ?? NO_REFUND;
  const amount = amountOf(mail, amountMinor);
  const ways = {
    payment: "It goes the way you paid; the bank may need some days to show it.",
    voucher: "It is on your gift card or credit again, ready to use.",
    outside: "We gave it back by hand.",
  } as const;
  return {
    fact: "Money sent back",
    heading: isCancellation ? "Your order is cancelled." : "We have sent money back.",
    paragraphs: [`We have sent ${amount} back. ${ways[to]}`],
    preview: `${amount} is on its way to you.`,
    button: "See your order",
  };
}
const NO_REFUND = { amountMinor: 0, to: "payment", isCancellation: false } as const;

/** Where the difference goes and until when; the order stays as it is until it is paid. */
function paymentDueWords(mail: OrderMail, { timeZone }: MailSender): MailWords {
  const { dueMinor = 0, dueAt, payUrl, transferTo } = mail.edit ?? {};
  const amount = amountOf(mail, dueMinor);
  const until = dueAt === undefined ? "" : ` by ${formatDate(dueAt, timeZone, localeOf(mail))}`;
  const ways =
    transferTo === undefined
      ? [`Please pay ${amount}${until}.`]
      : [`Please transfer ${amount}${until}.`, `To: ${transferTo}`, `Reference: ${mail.orderNumber}`];
  return {
    fact: "Payment needed for your change",
    heading: "Your change costs a little more.",
    paragraphs: [...ways, "Until then your order stays as it was. Below you see it with the change."],
    preview: `${amount} to pay, then the change is made.`,
    button: payUrl === undefined ? "See your order" : `Pay ${amount}`,
  };
}

function editAppliedWords(mail: OrderMail): MailWords {
  const differenceMinor = mail.edit?.differenceMinor ?? 0;
  const less = `It costs ${amountOf(mail, Math.abs(differenceMinor))} less. We write again when the money is sent.`;
  return {
    fact: "Order changed",
    heading: "Your order has been changed.",
    paragraphs: [
      "Below you see it as it is now.",
      ...(differenceMinor > 0 ? [`The difference of ${amountOf(mail, differenceMinor)} is settled.`] : []),
      ...(differenceMinor < 0 ? [less] : []),
    ],
    preview: "See what you get now.",
    button: "See your order",
  };
}

function receivedWords(mail: OrderMail): readonly string[] {
  const { pieces = 0, receivedPieces = 0, wish = "refund" } = mail.goodsReturn ?? {};
  const rest = pieces - receivedPieces;
  const next =
    wish === "refund"
      ? "We look at it and write again when the money is sent."
      : "We look at it and write again about your exchange.";
  return [
    `${receivedPieces} of ${piecesOf(pieces)} came back. ${rest > 0 ? `We wait for the other ${rest}.` : next}`,
  ];
}

function declinedWords(mail: OrderMail): readonly string[] {
  const reason = mail.goodsReturn?.declineReason?.trim() ?? "";
  return [
    reason === "" ? "We cannot take it back." : `We cannot take it back. The reason: ${reason}`,
    "Please keep the goods, and answer this mail if you see it differently.",
  ];
}

/** The words about money, edits and returns after an order was placed. */
export const DESK_WORDS: Readonly<
  Record<DeskMailTemplate, (mail: OrderMail, sender: MailSender) => MailWords>
> = {
  refund_sent: refundWords,
  edit_payment_due: paymentDueWords,
  edit_applied: editAppliedWords,
  return_requested: (mail) => ({
    fact: "Return asked for",
    heading: "We have your wish to return something.",
    paragraphs: [
      `It is about ${piecesOf(mail.goodsReturn?.pieces ?? 0)}. We answer soon; please send nothing before that.`,
    ],
    preview: "We answer soon; please send nothing before that.",
    button: "See your order",
  }),
  return_approved: (mail) => ({
    fact: "Return agreed",
    heading: "You can send it back.",
    paragraphs: [
      `We take ${piecesOf(mail.goodsReturn?.pieces ?? 0)} back. Put a note with ${mail.orderNumber} into the parcel.`,
    ],
    preview: "Put a note with the order number into the parcel.",
    button: "See your return",
  }),
  return_declined: (mail) => ({
    fact: "Return declined",
    heading: "We cannot take this back.",
    paragraphs: declinedWords(mail),
    preview: "Please keep the goods.",
    button: "See your order",
  }),
  return_received: (mail) => ({
    fact: "Return received",
    heading: "Your parcel came back to us.",
    paragraphs: receivedWords(mail),
    preview: "We have what you sent.",
    button: "See your return",
  }),
};
