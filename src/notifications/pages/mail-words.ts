import { DEFAULT_LOCALE } from "#web";
import type { OrderMail } from "../contract.ts";

/** What one mail says in words; both the HTML and the text part are made from it. */
export type MailWords = {
  /** A fact; the order number follows it in the subject. */
  readonly fact: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** What the inbox shows after the subject. */
  readonly preview: string;
  readonly button: string;
};

/** The mails are written in English; only an English locale decides how their numbers and dates look. */
export const localeOf = (mail: OrderMail): string =>
  /^en-[A-Z]{2}$/.test(mail.locale) ? mail.locale : DEFAULT_LOCALE;
