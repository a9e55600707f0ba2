import type { DeskMailTemplate } from "../contract.ts";
import { amountIn, type MailWords, type Telling, type WordsOf } from "./mail-words.ts";

const REFUND_WAYS = {
  payment: "mail.refund_to_payment",
  voucher: "mail.refund_to_voucher",
  outside: "mail.refund_outside",
} as const;
const NO_REFUND = { amountMinor: 0, to: "payment", isCancellation: false } as const;

function refundWords(telling: Telling): MailWords {
  const { say } = telling.speech;
  const { amountMinor, to, isCancellation } = telling.mail.refund ?? NO_REFUND;
  const amount = amountIn(telling, amountMinor);
  return {
    fact: say("mail.refund"),
    heading: isCancellation ? say("mail.cancelled_heading") : say("mail.refund_heading"),
    paragraphs: [`${say("mail.refund_sent", { amount })} ${say(REFUND_WAYS[to])}`],
    preview: say("mail.refund_preview", { amount }),
    button: say("mail.see_order"),
  };
}

/** Where the difference goes and until when; the order stays as it is until it is paid. */
function paymentDueWords(telling: Telling): MailWords {
  const { say } = telling.speech;
  const { orderNumber, edit = { differenceMinor: 0 } } = telling.mail;
  const { dueMinor = 0, payUrl, transferTo } = edit;
  const amount = amountIn(telling, dueMinor);
  const ways =
    transferTo === undefined
      ? [please(telling, ["mail.edit_pay", "mail.edit_pay_soon"], amount)]
      : [
          please(telling, ["mail.transfer_please", "mail.transfer_please_soon"], amount),
          say("mail.transfer_to", { to: transferTo }),
          say("mail.transfer_reference", { number: orderNumber }),
        ];
  return {
    fact: say("mail.edit_due"),
    heading: say("mail.edit_due_heading"),
    paragraphs: [...ways, say("mail.edit_until")],
    preview: say("mail.edit_due_preview", { amount }),
    button: payUrl === undefined ? say("mail.see_order") : say("mail.edit_button", { amount }),
  };
}

type Pleas =
  | readonly ["mail.edit_pay", "mail.edit_pay_soon"]
  | readonly ["mail.transfer_please", "mail.transfer_please_soon"];

/** With the day when there is one. */
function please({ mail, speech, sender }: Telling, [byDay, soon]: Pleas, amount: string): string {
  const dueAt = mail.edit?.dueAt;
  return dueAt === undefined
    ? speech.say(soon, { amount })
    : speech.say(byDay, { amount, day: speech.date(dueAt, sender.timeZone) });
}

function editAppliedWords(telling: Telling): MailWords {
  const { say } = telling.speech;
  const differenceMinor = telling.mail.edit?.differenceMinor ?? 0;
  const amount = amountIn(telling, Math.abs(differenceMinor));
  return {
    fact: say("mail.edited"),
    heading: say("mail.edited_heading"),
    paragraphs: [
      say("mail.edited_text"),
      ...(differenceMinor > 0 ? [say("mail.edited_more", { amount })] : []),
      ...(differenceMinor < 0 ? [say("mail.edited_less", { amount })] : []),
    ],
    preview: say("mail.edited_preview"),
    button: say("mail.see_order"),
  };
}

const piecesOf = ({ mail, speech }: Telling): string =>
  speech.say("mail.pieces", { count: mail.goodsReturn?.pieces ?? 0 });

function receivedWords(telling: Telling): readonly string[] {
  const { say } = telling.speech;
  const { pieces = 0, receivedPieces = 0, wish = "refund" } = telling.mail.goodsReturn ?? {};
  const rest = pieces - receivedPieces;
  const next = wish === "refund" ? say("mail.return_money") : say("mail.return_exchange");
  return [
    `${say("mail.return_came", { received: receivedPieces, pieces: piecesOf(telling) })} ${
      rest > 0 ? say("mail.return_rest", { rest }) : next
    }`,
  ];
}

function declinedWords({ mail, speech: { say } }: Telling): readonly string[] {
  const reason = mail.goodsReturn?.declineReason?.trim() ?? "";
  return [
    reason === "" ? say("mail.return_declined_text") : say("mail.return_declined_reason", { reason }),
    say("mail.return_declined_keep"),
  ];
}

/** The words about money, edits and returns after an order was placed. */
export const DESK_WORDS: WordsOf<DeskMailTemplate> = {
  refund_sent: refundWords,
  edit_payment_due: paymentDueWords,
  edit_applied: editAppliedWords,
  return_requested: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.return_requested"),
      heading: say("mail.return_requested_heading"),
      paragraphs: [`${say("mail.return_about", { pieces: piecesOf(telling) })} ${say("mail.return_wait")}`],
      preview: say("mail.return_wait"),
      button: say("mail.see_order"),
    };
  },
  return_approved: (telling) => {
    const { say } = telling.speech;
    const number = telling.mail.orderNumber;
    return {
      fact: say("mail.return_approved"),
      heading: say("mail.return_approved_heading"),
      paragraphs: [say("mail.return_approved_text", { pieces: piecesOf(telling), number })],
      preview: say("mail.return_approved_preview"),
      button: say("mail.see_return"),
    };
  },
  return_declined: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.return_declined"),
      heading: say("mail.return_declined_heading"),
      paragraphs: declinedWords(telling),
      preview: say("mail.return_declined_preview"),
      button: say("mail.see_order"),
    };
  },
  return_received: (telling) => {
    const { say } = telling.speech;
    return {
      fact: say("mail.return_received"),
      heading: say("mail.return_received_heading"),
      paragraphs: receivedWords(telling),
      preview: say("mail.return_received_preview"),
      button: say("mail.see_return"),
    };
  },
};
