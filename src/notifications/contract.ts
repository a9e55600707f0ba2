import type { EpochMs } from "#kernel";

/** Mails about what comes after the placement: money, edits and returns. */
export const DESK_MAIL_TEMPLATES = [
  "refund_sent",
  "edit_payment_due",
  "edit_applied",
  "return_requested",
  "return_approved",
  "return_declined",
  "return_received",
] as const;
export type DeskMailTemplate = (typeof DESK_MAIL_TEMPLATES)[number];

/** What a mail is about; also the name of its template. */
export const MAIL_TEMPLATES = [
  "order_confirmed",
  "order_shipped",
  "order_delivered",
  "order_cancelled",
  "payment_unknown",
  "transfer_due",
  "order_link",
  ...DESK_MAIL_TEMPLATES,
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** A part of the sum with its name; minor units, above 0. */
export type MailShare = { readonly label: string; readonly amountMinor: number };

export type MailLine = {
  readonly title: string;
  /** Option values; empty for a product with one variant. */
  readonly variantTitle: string;
  readonly quantity: number;
  readonly totalMinor: number;
};

/** Why an order came to nothing, as far as a buyer is told. */
export type CancelCause = "expired" | "transfer_overdue" | "declined" | "sold_out" | "other";

/** Everything a mail about an order says; the sender knows orders, this module knows mails. */
export type OrderMail = {
  readonly template: MailTemplate;
  /** The event that asks for the mail: the same event and template make one mail. */
  readonly eventId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly recipient: string;
  /** BCP 47: of the words, amounts and days; the order's own. */
  readonly locale: string;
  readonly occurredAt: EpochMs;
  readonly currency: string;
  readonly lines: readonly MailLine[];
  readonly itemsMinor: number;
  /** What codes took off, and what gift cards and credits paid of the total. */
  readonly reductions?: readonly MailShare[];
  readonly payments?: readonly MailShare[];
  readonly deliveryMinor: number;
  /** Tax contained in `totalMinor`. */
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly delivery: {
    readonly name: string;
    /** YYYY-MM-DD, both inclusive. */
    readonly earliestDate: string;
    readonly latestDate: string;
  };
  /** The address as its country writes it, without the country itself. */
  readonly addressLines: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly addressCountry: string;
  /** In the order in which they were packed. */
  readonly parcels: readonly { readonly carrier: string; readonly trackingNumber: string }[];
  /** Money that went back; minor units, above 0. */
  readonly refund?: {
    readonly amountMinor: number;
    readonly to: "payment" | "voucher" | "outside";
    readonly isCancellation: boolean;
  };
  /** An edit that was applied, or the payment that it waits for. */
  readonly edit?: {
    /** New total less old total; may be negative. */
    readonly differenceMinor: number;
    readonly dueMinor?: number;
    /** The provider's page; the mail's button opens it. */
    readonly payUrl?: string;
    /** Where a transfer of the difference goes. */
    readonly transferTo?: string;
    readonly dueAt?: EpochMs;
  };
  readonly goodsReturn?: {
    readonly wish: "refund" | "exchange";
    /** Units that the return is about, and how many of them came back. */
    readonly pieces: number;
    readonly receivedPieces: number;
    readonly declineReason?: string;
  };
  readonly cancelCause?: CancelCause;
  /** The bank had set the amount aside before the order was cancelled. */
  readonly wasAuthorised?: boolean;
  /** What the carrier collects; minor units, above 0. */
  readonly cashDueMinor?: number;
  /** What a transfer needs, while it is awaited; the reference to write is the order number. */
  readonly transfer?: {
    readonly to: string;
    /** Minor units, above 0. */
    readonly amountMinor: number;
    readonly dueAt: EpochMs;
  };
  /** The secret of the order link; without it the button opens the page that asks for the e-mail address. */
  readonly linkKey?: string;
};

export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };

/** A mail that is ready to leave. */
export type Mail = RenderedMail & {
  /** Made from the order, the template and the event. */
  readonly mailId: string;
  readonly orderId: string;
  readonly template: MailTemplate;
  readonly recipient: string;
  readonly createdAt: EpochMs;
};

/** Whoever carries mails away. Handing over the same `mailId` again must not send it again. */
export type MailPort = { deliver(mail: Mail): Promise<"accepted" | "repeated"> };

/** Who writes. */
export type MailSender = {
  readonly shopName: string;
  /** Scheme and host without a slash at the end. */
  readonly shopOrigin: string;
  /** IANA name; days are those of the shop. */
  readonly timeZone: string;
};
