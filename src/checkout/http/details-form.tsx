import { htmlPage, type FormFields } from "#web";
import { parseCountry, type AddressField } from "../app/address-book.ts";
import { changeDetails } from "../app/checkout-use-cases.ts";
import type { ResumedCheckout } from "../app/resume-checkout.ts";
import { DetailsStep, type DetailsValues } from "../pages/details-step.tsx";
import { callOf } from "./call-context.ts";
import type { Visit } from "./visit.ts";

export const ADDRESS_FIELDS: readonly AddressField[] = [
  "fullName",
  "company",
  "line1",
  "line2",
  "district",
  "city",
  "region",
  "postalCode",
  "phone",
];

/** What a browser sent in: the checkout's state and the fields as they were typed. */
export type DetailsForm = { readonly resumed: ResumedCheckout; readonly form: FormFields };

/**
 * Step one. "Change country" shows the other country's fields with everything that was typed; "Continue" stores all of
 * it or nothing, and says per field what to mend.
 */
export async function answerDetails({ c, ports }: Visit, { resumed, form }: DetailsForm): Promise<Response> {
  const { priced, leftInCart } = resumed;
  const { checkoutId } = priced.checkout;
  const values = typedValues(form);
  const country = parseCountry(values.country ?? "") ?? priced.checkout.country;
  const frame = { priced, leftInCart, values: { ...values, country } };
  if (form["do"] === "country") {
    const changed = await changeDetails(ports, { checkoutId, details: { country } }, callOf(c));
    return changed.ok ? htmlPage(c, <DetailsStep {...frame} />) : c.redirect(`/checkout/${checkoutId}`, 303);
  }
  const changed = await changeDetails(
    ports,
    {
      checkoutId,
      mustDeliver: true,
      details: {
        email: values.email ?? "",
        wantsNews: values.wantsNews === "yes",
        country: values.country ?? "",
        address: Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, values[field] ?? ""])),
      },
    },
    callOf(c),
  );
  if (changed.ok) return c.redirect(`/checkout/${checkoutId}?step=delivery`, 303);
  if (changed.refusal.code !== "invalid_details") return c.redirect(`/checkout/${checkoutId}`, 303);
  return htmlPage(c, <DetailsStep {...frame} mistakes={changed.refusal.mistakes} />, 422);
}

function typedValues(form: FormFields): DetailsValues {
  const values: Partial<Record<AddressField | "email" | "country" | "wantsNews", string>> = {};
  for (const field of [...ADDRESS_FIELDS, "email", "country", "wantsNews"] as const) {
    const value = form[field];
    if (value !== undefined) values[field] = value;
  }
  return values;
}
