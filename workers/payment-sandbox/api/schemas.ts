import { currency, money, type Money } from "#kernel";
import * as z from "zod";
import { TEST_CARDS } from "../domain/test-cards.ts";
import {
  DEFAULT_PAGE_SIZE,
  DEFAULT_SESSION_SECONDS,
  MAX_AMOUNT_MINOR,
  MAX_EMAIL_CHARACTERS,
  MAX_FAULT_COUNT,
  MAX_PAGE_SIZE,
  MAX_REFERENCE_CHARACTERS,
  MAX_SESSION_SECONDS,
  MAX_TEXT_CHARACTERS,
  MAX_URL_CHARACTERS,
  MIN_SESSION_SECONDS,
} from "../limits.ts";
import { FAULT_MODES } from "../objects/contract.ts";

/** The shapes of what the API takes. */

const amount = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, "Send a currency as three capitals, like EUR."),
    amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
  })
  .transform((value): Money => money(currency(value.currency), value.amountMinor));

/** A page of the merchant: http or https only, because it becomes a link and a redirect. */
const merchantUrl = z.url({ protocol: /^https?$/ }).max(MAX_URL_CHARACTERS);

const shownText = (characters: number): z.ZodString => z.string().trim().min(1).max(characters);

export const createSchema = z
  .strictObject({
    amount,
    reference: shownText(MAX_REFERENCE_CHARACTERS),
    displayReference: shownText(MAX_REFERENCE_CHARACTERS).optional(),
    description: shownText(MAX_TEXT_CHARACTERS),
    email: z
      .string()
      .trim()
      .regex(/^\S+@\S+$/, "Send an e-mail address.")
      .max(MAX_EMAIL_CHARACTERS),
    token: z.enum(TEST_CARDS.map((card) => card.token)).optional(),
    returnUrl: merchantUrl.optional(),
    cancelUrl: merchantUrl.optional(),
    sessionSeconds: z
      .int()
      .min(MIN_SESSION_SECONDS)
      .max(MAX_SESSION_SECONDS)
      .default(DEFAULT_SESSION_SECONDS),
  })
  .refine(
    (body) => body.token !== undefined || (body.returnUrl !== undefined && body.cancelUrl !== undefined),
    {
      message: "Send a token, or returnUrl and cancelUrl.",
    },
  );
export type CreateBody = z.infer<typeof createSchema>;

/** Without an amount, everything that is left. */
export const amountSchema = z.strictObject({ amount: amount.optional() });
export const emptySchema = z.strictObject({});

export const faultSchema = z.strictObject({
  mode: z.enum(FAULT_MODES),
  count: z.int().min(0).max(MAX_FAULT_COUNT).default(1),
});

export const ledgerQuerySchema = z.object({
  reference: shownText(MAX_REFERENCE_CHARACTERS).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
