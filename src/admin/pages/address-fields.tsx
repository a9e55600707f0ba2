import { addressForm, addressLabel, type AddressField } from "#checkout";
import { Field } from "#web";

type Props = {
  readonly country: string;
  readonly value: Readonly<Partial<Record<AddressField, string>>>;
  readonly errors: Readonly<Record<string, string>>;
};

/** An address as its country writes it, for staff. */
export const AddressFields = ({ country, value, errors }: Props) => {
  const form = addressForm(country);
  const fields: readonly AddressField[] = ["fullName", "company", ...form.rows.flat(), "line2", "phone"];
  return (
    <>
      {[...new Set(fields)].map((field) => (
        <Field
          name={`address-${field}`}
          label={addressLabel(country, field)}
          value={value[field]}
          error={errors[field]}
          need={field === "fullName" || form.required.includes(field) ? "required" : "optional"}
          maxLength={100}
        />
      ))}
    </>
  );
};
