import { CheckBox, Field, useSpeech, type Speech, type SummaryError } from "#web";
import {
  addressForm,
  COUNTRY_CODES,
  EXTRA_FIELDS,
  POSTCODES,
  type AddressField,
  type AddressForm,
  type FieldMistake,
} from "../app/address-book.ts";
import { CheckoutFrame, type FrameProps } from "./checkout-frame.tsx";
import { addressWords, mistakeSentence, postcodeSentence } from "./address-words.ts";

/** What stands in the fields: what was typed, else what is stored. */
export type DetailsValues = Readonly<
  Partial<Record<AddressField | "email" | "country" | "wantsNews", string>>
>;

export type DetailsProps = Omit<FrameProps, "step" | "heading" | "errors" | "children"> & {
  readonly values: DetailsValues;
  readonly mistakes?: readonly FieldMistake[];
};

/** Every country by its name in the language of the page. */
const countryOptions = ({ country, locale }: Speech) => {
  const { compare } = new Intl.Collator(locale);
  return COUNTRY_CODES.map((code) => ({ value: code, label: country(code) })).sort((a, b) =>
    compare(a.label, b.label),
  );
};

/** Who and where. The country decides the fields, so it stands before them. */
export const DetailsStep = ({ values, mistakes = [], ...frame }: DetailsProps) => {
  const country = values.country ?? frame.priced.checkout.country;
  const form = addressForm(country);
  const speech = useSpeech();
  const { say } = speech;
  const context: FieldContext = { country, form, values, mistakes, speech };
  const hasExtra = EXTRA_FIELDS.some(
    (field) => values[field] || mistakes.some((mistake) => mistake.field === field),
  );
  return (
    <CheckoutFrame
      {...frame}
      step="details"
      heading={say("details.heading")}
      errors={mistakes.map((mistake) => toSummary(context, mistake))}
    >
      <p class="hint">{say("details.no_account")}</p>
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
        <CheckBox name="wantsNews" label={say("details.news")} isChecked={values.wantsNews === "yes"} />
        <div class="form-actions">
          <button class="button" type="submit" name="do" value="continue">
            {say("details.continue")}
          </button>
        </div>
      </form>
    </CheckoutFrame>
  );
};

const Contact = ({ context }: { readonly context: FieldContext }) => {
  const { country, values, speech } = context;
  const { say } = speech;
  return (
    <>
      <Field
        name="email"
        label={say("shell.email")}
        type="email"
        inputmode="email"
        autocomplete="email"
        need="required"
        enterkeyhint="next"
        hint={say("details.email_hint")}
        value={values.email}
        error={errorOf(context, "email")}
        data={{
          "data-pattern": "[^\\s@]+@[^\\s@]+\\.[^\\s@]+",
          "data-wrong": say("field.email_wrong"),
        }}
      />
      <div class="checkout-country">
        <Field
          name="country"
          label={say("details.country")}
          autocomplete="shipping country"
          need="required"
          options={countryOptions(speech)}
          value={country}
          error={errorOf(context, "country")}
          data={{ "data-reloads": "" }}
        />
        <button class="button button-quiet" type="submit" name="do" value="country" data-reload="">
          {say("details.change_country")}
        </button>
      </div>
    </>
  );
};

const lineOneRow = (form: AddressForm): number => form.rows.findIndex((row) => row.includes("line1"));

const toSummary = ({ speech, country }: FieldContext, mistake: FieldMistake): SummaryError => ({
  field: mistake.field,
  message: mistakeSentence(speech, country, mistake),
});

function errorOf({ speech, country, mistakes }: FieldContext, field: string): string | undefined {
  const mistake = mistakes.find((one) => one.field === field);
  return mistake && mistakeSentence(speech, country, mistake);
}

type FieldContext = {
  readonly country: string;
  readonly form: AddressForm;
  readonly values: DetailsValues;
  readonly mistakes: readonly FieldMistake[];
  readonly speech: Speech;
};

const Extra = ({ context, isOpen }: { readonly context: FieldContext; readonly isOpen: boolean }) => (
  <details class="checkout-extra" open={isOpen}>
    <summary>{context.speech.say("details.extra")}</summary>
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
  const { country, form, values, speech } = context;
  const { say } = speech;
  const isRequired = field === "fullName" || form.required.includes(field);
  const autocomplete = field === "phone" ? "shipping tel" : `shipping ${TOKENS[field]}`;
  const common = {
    name: field,
    label: addressWords(speech, country, field),
    value: values[field],
    error: errorOf(context, field),
    need: isRequired ? ("required" as const) : ("optional" as const),
    autocomplete,
  };
  if (field === "region" && form.regions) {
    const chosen = form.regions.find(
      (region) => region.code === values.region || region.name === values.region,
    );
    const options = [
      { value: "", label: say("field.select") },
      ...form.regions.map((region) => ({ value: region.code, label: region.name })),
    ];
    return <Field {...common} value={chosen?.code ?? ""} options={options} width="medium" />;
  }
  if (field === "postalCode") return <PostcodeInput common={common} country={country} speech={speech} />;
  if (field === "phone") {
    return <Field {...common} type="tel" inputmode="tel" hint={say("details.phone_hint")} />;
  }
  return (
    <Field
      {...common}
      enterkeyhint="next"
      {...(field === "fullName" ? { hint: say("details.name_hint") } : {})}
    />
  );
};

type PostcodeProps = {
  readonly common: Parameters<typeof Field>[0];
  readonly country: string;
  readonly speech: Speech;
};

const PostcodeInput = ({ common, country, speech }: PostcodeProps) => {
  const rule = POSTCODES[country];
  const isNumeric = rule?.isNumeric === true;
  return (
    <Field
      {...common}
      width="short"
      {...(isNumeric ? { inputmode: "numeric" as const } : { autocapitalize: "characters" as const })}
      enterkeyhint="next"
      {...(rule && isNumeric
        ? { data: { "data-pattern": "[\\d\\s-]{4,11}", "data-wrong": postcodeSentence(speech, country) } }
        : {})}
    />
  );
};
