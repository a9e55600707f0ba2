import type * as z from "zod";
import type { Result } from "#kernel";
import type { CheckoutView } from "#cart";
import { answerProblem, versionEtag } from "#web";
import { rememberQuote, type DetailsInput } from "../app/checkout-use-cases.ts";
import { paymentOffers } from "../app/payment-choice.ts";
import { priceCheckout, readTruth } from "../app/price-checkout.ts";
import type { CheckoutRefusal } from "../app/refusals.ts";
import { callOf } from "./call-context.ts";
import { renderCheckout } from "./render.ts";
import type { patchCheckoutBody } from "./schemas.ts";
import { toProblem } from "./to-problem.ts";
import type { Visit } from "./visit.ts";

/** A checkout with its quote, which is remembered as shown; or why there is none. */
export async function answerCheckout(
  { c, ports }: Visit,
  result: Result<CheckoutView, CheckoutRefusal>,
  status: 200 | 201 = 200,
): Promise<Response> {
  if (!result.ok) return answerProblem(c, toProblem(result.refusal, c.req.header("if-match") !== undefined));
  const priced = priceCheckout(ports, result.value, await readTruth(ports, result.value));
  await rememberQuote(ports, priced, callOf(c));
  if (status === 201) c.header("location", `/api/checkouts/${result.value.checkoutId}`);
  c.header("etag", versionEtag(result.value.version));
  return c.json(renderCheckout(priced, await paymentOffers(ports, priced)), status);
}

/** Drops absent members, which the use case would otherwise take for values. */
export function toDetails(body: z.output<typeof patchCheckoutBody>): DetailsInput {
  const { email, wantsNews, country, address, deliveryMethodId } = body;
  return {
    ...(email === undefined ? {} : { email }),
    ...(wantsNews === undefined ? {} : { wantsNews }),
    ...(country === undefined ? {} : { country }),
    ...(address === undefined ? {} : { address: withoutAbsent(address) }),
    ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
  };
}

const withoutAbsent = (address: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(address).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
