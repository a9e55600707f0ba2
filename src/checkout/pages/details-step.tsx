import { CheckBox, Field, type SummaryError } from "#web";
import {
  addressForm,
  addressLabel,
  COUNTRY_CODES,
  EXTRA_FIELDS,
  POSTCODES,
  type AddressField,
  type AddressForm,
  type FieldMistake,
} from "../app/address-book.ts";
import { CheckoutFrame, type FrameProps } from "./checkout-frame.tsx";
import { countryName } from "./words.ts";

/** What stands in the fields: what was typed, else what is stored. */
export type DetailsValues = Readonly<
  Partial<Record<AddressField | "email" | "country" | "wantsNews", string>>
>;

export type DetailsProps = Omit<FrameProps, "step" | "heading" | "errors" | "children"> & {
  readonly values: DetailsValues;
  readonly mistakes?: readonly FieldMistake[];
};

const COUNTRIES = COUNTRY_CODES.map((code) => ({ value: code, label: countryName(code) })).sort((a, b) =>
  a.label.localeCompare(b.label, "en"),
);

/** Who and where. The country decides the fields, so it stands before them. */
export const DetailsStep = ({ values, mistakes = [], ...frame }: DetailsProps) => {
  const country = values.country ?? frame.priced.checkout.country;
  const form = addressForm(country);
  const context: FieldContext = { country, form, values, mistakes };
  const hasExtra = EXTRA_FIELDS.some(
    (field) => values[field] || mistakes.some((mistake) => mistake.field === field),
  );
  return (
    <CheckoutFrame {...frame} step="details" heading="Who and where" errors={mistakes.map(toSummary)}>
      <p class="hint">You do not need an account to order.</p>
      <form
        class="form"
        action={`/checkout/${frame.priced.checkout.checkoutId}?step=details`}
        method="post"
        novalidate
      >
        <Contact context={context} />
        <AddressInput context={context} field="fullName" />
        {form.rows.map((row, index) => (
          <>
            {row.length === 1 ? (
              <AddressInput context={context} field={row[0] ?? "line1"} />
            ) : (
              <div class="form-row">
                {row.map((field) => (
                  <AddressInput context={context} field={field} />
                ))}
              </div>
            )}
            {index === lineOneRow(form) && <Extra context={context} isOpen={hasExtra} />}
          </>
        ))}
        <CheckBox
          name="wantsNews"
          label="Send me news about new patterns, about once a month."
          isChecked={values.wantsNews === "yes"}
        />
        <div class="form-actions">
          <button class="button" type="submit" name="do" value="continue">
            Continue to delivery
          </button>
        </div>
      </form>
    </CheckoutFrame>
  );
};

const Contact = ({ context }: { readonly context: FieldContext }) => {
  const { country, values, mistakes } = context;
  return (
    <>
      <Field
        name="email"
        label="E-mail"
        type="email"
        inputmode="email"
        autocomplete="email"
        need="required"
        enterkeyhint="next"
        hint="For the confirmation and news of the parcel."
        value={values.email}
        error={errorOf(mistakes, "email")}
        data={{
          "data-pattern": "[^\\s@]+@[^\\s@]+\\.[^\\s@]+",
          "data-wrong": "Enter your e-mail address, like name@example.com.",
        }}
      />
      <div class="checkout-country">
        <Field
          name="country"
          label="Country"
          autocomplete="shipping country"
          need="required"
          options={COUNTRIES}
          value={country}
          error={errorOf(mistakes, "country")}
          data={{ "data-reloads": "" }}
        />
        <button class="button button-quiet" type="submit" name="do" value="country" data-reload="">
          Change country
        </button>
      </div>
    </>
  );
};

const lineOneRow = (form: AddressForm): number => form.rows.findIndex((row) => row.includes("line1"));

const toSummary = (mistake: FieldMistake): SummaryError => ({
  field: mistake.field,
  message: mistake.detail,
});

const errorOf = (mistakes: readonly FieldMistake[], field: string): string | undefined =>
  mistakes.find((mistake) => mistake.field === field)?.detail;

type FieldContext = {
  readonly country: string;
  readonly form: AddressForm;
  readonly values: DetailsValues;
  readonly mistakes: readonly FieldMistake[];
};

const Extra = ({ context, isOpen }: { readonly context: FieldContext; readonly isOpen: boolean }) => (
  <details class="checkout-extra" open={isOpen}>
    <summary>Add flat, floor or company</summary>
    <div class="stack">
      {EXTRA_FIELDS.map((field) => (
        <AddressInput context={context} field={field} />
      ))}
    </div>
  </details>
);

const TOKENS: Readonly<Record<AddressField, string>> = {
  fullName: "name",
  company: "organization",
  line1: "address-line1",
  line2: "address-line2",
  district: "address-level3",
  city: "address-level2",
  region: "address-level1",
  postalCode: "postal-code",
  phone: "tel",
};

const AddressInput = ({
  context,
  field,
}: {
  readonly context: FieldContext;
  readonly field: AddressField;
}) => {
  const { country, form, values, mistakes } = context;
  const isRequired = field === "fullName" || form.required.includes(field);
  const autocomplete = field === "phone" ? "shipping tel" : `shipping ${TOKENS[field]}`;
  const common = {
    name: field,
    label: addressLabel(country, field),
    value: values[field],
    error: errorOf(mistakes, field),
    need: isRequired ? ("required" as const) : ("optional" as const),
    autocomplete,
  };
  if (field === "region" && form.regions) {
    const chosen = form.regions.find(
      (region) => region.code === values.region || region.name === values.region,
    );
    const options = [
      { value: "", label: "Select" },
      ...form.regions.map((region) => ({ value: region.code, label: region.name })),
    ];
    return <Field {...common} value={chosen?.code ?? ""} options={options} width="medium" />;
  }
  if (field === "postalCode") return <PostcodeInput common={common} country={country} />;
  if (field === "phone") {
    return (
      <Field
        {...common}
        type="tel"
        inputmode="tel"
        hint="We give your phone number to the courier for this delivery and to nobody else."
      />
    );
  }
  return (
    <Field
      {...common}
      enterkeyhint="next"
      {...(field === "fullName" ? { hint: "As the courier should read it." } : {})}
    />
  );
};

type Common = Parameters<typeof Field>[0];

const PostcodeInput = ({ common, country }: { readonly common: Common; readonly country: string }) => {
  const rule = POSTCODES[country];
  const isNumeric = rule?.isNumeric === true;
  return (
    <Field
      {...common}
      width="short"
      {...(isNumeric ? { inputmode: "numeric" as const } : { autocapitalize: "characters" as const })}
      enterkeyhint="next"
      {...(rule && isNumeric
        ? { data: { "data-pattern": "[\\d\\s-]{4,11}", "data-wrong": rule.sentence } }
        : {})}
    />
  );
};
