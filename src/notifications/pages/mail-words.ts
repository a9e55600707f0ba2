import { isLocale } from "#kernel";
import { DEFAULT_LOCALE, speechFor, type Speech } from "#words";
import type { MailSender, MailTemplate, OrderMail } from "../contract.ts";

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

/** What words are made of: the mail's facts, in the buyer's language, with days of the shop's zone. */
export type Telling = { readonly mail: OrderMail; readonly speech: Speech; readonly sender: MailSender };
/** The words of some templates. */
export type WordsOf<Template extends MailTemplate> = Readonly<
  Record<Template, (telling: Telling) => MailWords>
>;

/** How the shop speaks in a mail: as on the page of its order. */
export const speechOfMail = ({ locale }: Pick<OrderMail, "locale">): Speech =>
  speechFor(isLocale(locale) ? locale : DEFAULT_LOCALE);

/** An amount of the mail's currency. */
export const amountIn = ({ mail, speech }: Pick<Telling, "mail" | "speech">, minor: number): string =>
  speech.money(minor, mail.currency);
