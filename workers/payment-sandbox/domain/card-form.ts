import { ok, refuse, type Result } from "#kernel";
import { MAX_CARD_YEARS, MAX_NAME_CHARACTERS } from "../limits.ts";
import { findTestCard, type TestCard } from "./test-cards.ts";

/** The card as a buyer typed it. */
export type CardForm = {
  readonly number: string;
  readonly expiry: string;
  readonly code: string;
  readonly name: string;
};

export type CardFormError = { readonly field: keyof CardForm; readonly message: string };
export type CardFormRefusal = { readonly code: "card_form_wrong"; readonly errors: readonly CardFormError[] };

/** The calendar month that a card must outlive. */
export type CardMonth = { readonly year: number; readonly month: number };

/**
 * Reads what a buyer typed. Spaces and dashes in the number are fine. Refuses with one sentence per wrong field, in the
 * order of the form.
 */
export function readCardForm(form: CardForm, now: CardMonth): Result<TestCard, CardFormRefusal> {
  const number = form.number.replaceAll(/[\s-]/g, "");
  const card = findTestCard("number", number);
  const messages: readonly (readonly [keyof CardForm, string | undefined])[] = [
    ["number", wrongNumber(number, card)],
    ["expiry", wrongExpiry(form.expiry, now)],
    [
      "code",
      /^\d{3,4}$/.test(form.code.trim()) ? undefined : "Enter the 3 digits from the back of the card.",
    ],
    ["name", wrongName(form.name.trim())],
  ];
  const errors = messages.flatMap(([field, message]) => (message === undefined ? [] : [{ field, message }]));
  return card && errors.length === 0 ? ok(card) : refuse({ code: "card_form_wrong", errors });
}

function wrongNumber(number: string, card: TestCard | undefined): string | undefined {
  if (number === "") return "Enter the card number.";
  if (!/^\d{12,19}$/.test(number)) return "Enter the card number as 12 to 19 digits.";
  if (!passesLuhn(number)) return "Check the card number: one of its digits is wrong.";
  return card ? undefined : "Use one of the test cards on this page. Real cards do not work here.";
}

/** The check digit of ISO/IEC 7812-1: every second digit from the right counts double. */
export function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const weighted = index % 2 === 0 ? digit : digit * 2;
      return total + (weighted > 9 ? weighted - 9 : weighted);
    }, 0);
  return sum % 10 === 0;
}

function wrongExpiry(text: string, now: CardMonth): string | undefined {
  const match = /^(\d{1,2})\s*[/ -]\s*(\d{2}|\d{4})$|^(\d{2})(\d{2})$/.exec(text.trim());
  const month = Number(match?.[1] ?? match?.[3] ?? 0);
  const yearText = match?.[2] ?? match?.[4] ?? "";
  if (!match || month < 1 || month > 12) return "Enter the month and year of the expiry date, like 09/29.";
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  if (year < now.year || (year === now.year && month < now.month)) {
    return "This card has expired. Use one with a later date.";
  }
  return year > now.year + MAX_CARD_YEARS ? "Check the year of the expiry date." : undefined;
}

function wrongName(name: string): string | undefined {
  if (name === "") return "Enter the name as it stands on the card.";
  return name.length > MAX_NAME_CHARACTERS
    ? `Enter the name with at most ${MAX_NAME_CHARACTERS} characters.`
    : undefined;
}
