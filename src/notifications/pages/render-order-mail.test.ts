import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { MAIL_TEMPLATES, type OrderMail } from "../contract.ts";
import { MAX_MAIL_HTML_BYTES, MAX_MAIL_LINES } from "../limits.ts";
import { renderOrderMail } from "./render-order-mail.tsx";

const SENDER = {
  shopName: "Kerbside Editions",
  shopOrigin: "https://shop.example",
  timeZone: "Europe/Berlin",
};
const LINE = { title: "Heron", variantTitle: "A3, oak", quantity: 2, totalMinor: 6_800 };

const mail = (changes: Partial<OrderMail> = {}): OrderMail => ({
  template: "order_confirmed",
  eventId: "ord_1:8",
  orderId: "ord_1",
  orderNumber: "K-7F3K-92QD",
  recipient: "mira@example.com",
  locale: "en-GB",
  occurredAt: epochMs(1),
  currency: "EUR",
  lines: [LINE],
  itemsMinor: 6_800,
  deliveryMinor: 490,
  taxMinor: 1_164,
  totalMinor: 7_290,
  delivery: { name: "Standard", earliestDate: "2026-12-01", latestDate: "2026-12-03" },
  parcels: [],
  addressLines: ["Mira Ödegård", "Lindenstraße 12", "10969 Berlin"],
  addressCountry: "DE",
  linkKey: "secret/key",
  ...changes,
});
const render = (changes: Partial<OrderMail> = {}) => renderOrderMail(mail(changes), SENDER);
const LINK = "https://shop.example/orders/ord_1?key=secret%2Fkey";

describe.each(MAIL_TEMPLATES)("the mail %s", (template) => {
  const rendered = render({ template, parcels: [{ carrier: "Post", trackingNumber: "KB1" }] });

  test("has a fact and the order number as its subject", () => {
    expect(rendered.subject).toMatch(/^[A-Z][a-z ]+ K-7F3K-92QD$/);
    expect(rendered.html).toContain(`<title>${rendered.subject}</title>`);
  });

  test("has one button, which opens the order page, in both parts", () => {
    expect(rendered.html.match(/class="button"/g)).toHaveLength(1);
    expect(rendered.html).toContain(`href="${LINK}"`);
    expect(rendered.text).toContain(LINK);
  });

  test("names its language, one heading and both colour schemes, and needs no picture and no script", () => {
    expect(rendered.html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(rendered.html.match(/<h1/g)).toHaveLength(1);
    expect(rendered.html).toContain('<meta name="color-scheme" content="light dark"');
    expect(rendered.html).not.toMatch(/<img|<script|https?:\/\/(?!shop\.example)/);
  });

  test("says the same sum and the same goods in both parts", () => {
    for (const part of [rendered.html, rendered.text]) {
      expect(part).toContain("€72.90");
      expect(part).toContain("Heron");
    }
  });

  test("says nothing that was never set", () => {
    expect(rendered.html + rendered.text).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe.each(["de-CH", "fr", "ar"])("a mail to a buyer who reads %s", (locale) => {
  const everything: Partial<OrderMail> = {
    locale,
    parcels: [{ carrier: "Kerb Post", trackingNumber: "KB1" }],
    reductions: [{ label: "WELCOME10", amountMinor: 680 }],
    payments: [{ label: "Gift card", amountMinor: 1_000 }],
    refund: { amountMinor: 500, to: "payment", isCancellation: false },
    edit: { differenceMinor: 500, dueMinor: 500, dueAt: epochMs(Date.UTC(2026, 10, 27, 12)) },
    goodsReturn: { wish: "exchange", pieces: 3, receivedPieces: 1, declineReason: "2026" },
    transfer: { to: "IBAN DE00", amountMinor: 7_290, dueAt: epochMs(Date.UTC(2026, 11, 3)) },
    delivery: { name: "Kerb Post", earliestDate: "2026-12-01", latestDate: "2026-12-03" },
    lines: [{ title: "Heron", variantTitle: "A3", quantity: 2, totalMinor: 6_800 }],
    addressLines: ["Mira"],
  };
  /** Names, codes and typed words, which no language changes. */
  const NAMES =
    /Heron|A3|Kerb Post|KB1|WELCOME10|Gift card|IBAN|DE00|Mira|Kerbside Editions|K-7F3K-92QD|https?:\S+/g;
  const language = locale.slice(0, 2);

  test.each(MAIL_TEMPLATES)("has no English word in it: %s", (template) => {
    const { text, html, subject } = render({ ...everything, template });
    const shown = html
      .replace(/^.*<body/s, "<body")
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/&\w+;/g, " ");
    for (const part of [text, subject, shown]) {
      const rest = part.replaceAll(NAMES, "");
      expect(rest).not.toMatch(
        /\b(order|your|the|delivery|you|parcel|items|free|it|we|pieces?|paid|germany|december)\b/i,
      );
      if (language === "ar") expect(rest.match(/[a-z]{3,}/gi)).toBeNull();
    }
    expect(html).toMatch(
      language === "ar"
        ? /^<!doctype html><html lang="ar" dir="rtl">/
        : /^<!doctype html><html lang="(de|fr)" dir="ltr">/,
    );
  });
});

test("amounts and days are written as the market writes them", () => {
  const german = render({ locale: "de", lines: [{ ...LINE, title: "Reiher", variantTitle: "A3, Eiche" }] });
  expect(german.subject).toBe("Bestellung bestätigt K-7F3K-92QD");
  expect(german.text).toContain("Gesamt: 72,90 €");
  expect(german.text).toContain("2 × Reiher, A3, Eiche: 68,00 €");
  expect(german.text).toMatch(/Die Lieferung kommt .*Dezember\./);
  expect(german.text).toContain("Deutschland");
  expect(render({ locale: "de-CH", currency: "CHF" }).text).toContain("CHF 72.90");
});

test("in Arabic every line of both parts begins at the right", () => {
  const { text, html } = render({ locale: "ar" });
  for (const line of text.split("\n").filter(Boolean)) expect(line.startsWith("\u200f")).toBe(true);
  expect(html).toContain("text-align:right");
  expect(html).not.toContain("padding:12px 16px 12px 0;");
  expect(html).toContain("ألمانيا");
});

test("a language that the shop does not speak is written to in English, left to right", () => {
  expect(render({ locale: "he" }).html).toContain('<html lang="en" dir="ltr">');
  expect(render({ locale: "nonsense here" }).subject).toBe("Order confirmed K-7F3K-92QD");
});

test("what a buyer or merchant typed cannot become markup", () => {
  const { html } = render({
    lines: [{ ...LINE, title: "<script>alert(1)</script>", variantTitle: '"><img src=x>' }],
    addressLines: ["<b>Mira</b>"],
    orderNumber: "K-<i>",
  });
  expect(html).not.toMatch(/<script|<img|<b>|<i>/);
});

test("the days of arrival stand in the confirmation", () => {
  expect(render().text).toContain("It arrives Tue 1 – Thu 3 December.");
});

test("an awaited transfer says how much, where to, what to write and until when, in both parts", () => {
  // Half past eleven at night in London is the next day in Berlin, where the shop is.
  const dueAt = epochMs(Date.UTC(2026, 11, 3, 23, 30));
  const transfer = { to: "Demo bank, IBAN DE00", amountMinor: 7_290, dueAt };
  const rendered = render({ template: "transfer_due", transfer });
  for (const part of [rendered.html, rendered.text]) {
    expect(part).toContain("Please transfer €72.90 by 4 December 2026.");
    expect(part).toContain("To: Demo bank, IBAN DE00");
    expect(part).toContain("Reference: K-7F3K-92QD");
  }
});

test("cash for the carrier is not said to be paid", () => {
  const { text } = render({ cashDueMinor: 7_290 });
  expect(text).toContain("Have €72.90 ready: you pay the carrier");
  expect(text).not.toContain("went through");
});

test("without the key the button opens the page that asks who is there", () => {
  const { linkKey: _, ...withoutKey } = mail();
  expect(renderOrderMail(withoutKey, SENDER).html).toContain('href="https://shop.example/orders/ord_1"');
});

test.each([
  ["expired", "This took too long", false],
  ["transfer_overdue", "transfer had not arrived in time", false],
  ["declined", "Your bank said no", false],
  ["sold_out", "sold out before", true],
  ["other", "cancelled before anything was charged", true],
] as const)("a cancelled order says why: %s", (cancelCause, words, mayBeReserved) => {
  const { text } = render({ template: "order_cancelled", cancelCause, wasAuthorised: mayBeReserved });
  expect(text).toContain(words);
  expect(text).toContain("Total, not charged");
  expect(text.includes("set the amount aside")).toBe(mayBeReserved);
});

test("an order that nothing was paid for asks nobody to pay again", () => {
  expect(render({ template: "payment_unknown" }).text).toContain("Do not pay again");
});

test("free delivery and an order without tax are said plainly", () => {
  const { text, html } = render({ deliveryMinor: 0, taxMinor: 0 });
  expect(text).toContain("Delivery, Standard: Free");
  expect(html).not.toContain("VAT");
});

test("the largest order stays under 40 KB and says how many lines it leaves out", () => {
  const long = { ...LINE, title: "€".repeat(255), variantTitle: "ö".repeat(80) };
  const { html } = render({ lines: Array.from({ length: 100 }, () => long) });
  expect(new TextEncoder().encode(html).length).toBeLessThanOrEqual(MAX_MAIL_HTML_BYTES);
  expect(html).toContain(`And ${100 - MAX_MAIL_LINES} more lines`);
});

test("amounts have the digits of their currency", () => {
  expect(render({ currency: "JPY", totalMinor: 7_290 }).text).toMatch(/Total: (JP)?¥7,290/);
});

test("every parcel is named", () => {
  const parcels = [1, 2].map((number) => ({ carrier: "Post", trackingNumber: `KB${number}` }));
  const { html, text } = render({ template: "order_shipped", parcels });
  for (const part of [html, text]) expect(part).toMatch(/KB1[^]*KB2/);
});

test("a change that costs more is paid by the mail's button, with the sum and the day", () => {
  const edit = { differenceMinor: 500, dueMinor: 500, dueAt: epochMs(Date.UTC(2026, 10, 27, 12)) };
  const payUrl = "https://pay.example/s/1?a=b&c=d";
  const online = render({ template: "edit_payment_due", edit: { ...edit, payUrl } });
  expect(online.html).toContain('href="https://pay.example/s/1?a=b&amp;c=d"');
  expect(online.text).toContain(`Pay €5.00: ${payUrl}`);
  expect(online.text).toContain("Please pay €5.00 by 27 November");
  const transfer = render({ template: "edit_payment_due", edit: { ...edit, transferTo: "Test bank" } });
  expect(transfer.text).toMatch(/To: Test bank[^]*Reference: K-7F3K-92QD/);
  expect(transfer.html).toContain(LINK);
});

test.each([
  [500, "The difference of €5.00 is settled."],
  [-500, "It costs €5.00 less."],
  [0, "Below you see it as it is now."],
])("an applied edit says what it changed for the buyer: %i", (differenceMinor, words) => {
  expect(render({ template: "edit_applied", edit: { differenceMinor } }).text).toContain(words);
});

test.each([
  ["payment", "the way you paid"],
  ["voucher", "gift card or credit"],
  ["outside", "by hand"],
] as const)("money that goes back says how much and where: %s", (to, words) => {
  const { text } = render({
    template: "refund_sent",
    refund: { amountMinor: 500, to, isCancellation: false },
  });
  expect(text).toContain("We have sent €5.00 back.");
  expect(text).toContain(words);
});

test("a return says how many pieces, and why not", () => {
  const goodsReturn = { wish: "refund", pieces: 3, receivedPieces: 1 } as const;
  expect(render({ template: "return_approved", goodsReturn }).text).toContain("We take 3 pieces back.");
  expect(render({ template: "return_received", goodsReturn }).text).toContain("We wait for the other 2.");
  const declineReason = "<b>worn</b>";
  const declined = render({ template: "return_declined", goodsReturn: { ...goodsReturn, declineReason } });
  expect(declined.text).toContain("The reason: <b>worn</b>");
  expect(declined.html).not.toContain("<b>worn");
});
