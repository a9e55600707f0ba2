import { Field, type FieldProps } from "#web";

/** A form that is being edited: text in every field, and what is wrong with which. */
export type EditorForm = {
  readonly values: Readonly<Record<string, string>>;
  readonly mistakes?: readonly { readonly field: string; readonly message: string }[] | undefined;
};

/** What is wrong with a field. */
export const errorOf = ({ mistakes = [] }: EditorForm, name: string): string | undefined =>
  mistakes.find(({ field }) => field === name)?.message;

/** A field of the form, with its value and what is wrong with it. */
export const EditorField = ({
  form,
  ...field
}: { readonly form: EditorForm } & Omit<FieldProps, "value" | "error">) => (
  <Field {...field} value={form.values[field.name]} error={errorOf(form, field.name)} />
);

/** One control in a table of fields: its column's head and its row are its name. */
export const Cell = ({
  form,
  name,
  label,
  options,
  size = 10,
  inputmode,
}: {
  readonly form: EditorForm;
  readonly name: string;
  /** Said by a screen reader: `Variant 2, price`. */
  readonly label: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly size?: number;
  readonly inputmode?: "numeric" | "text";
}) => {
  const error = errorOf(form, name);
  const value = form.values[name] ?? "";
  const common = {
    id: name,
    name,
    "aria-label": label,
    "aria-invalid": error ? "true" : undefined,
    "aria-describedby": error ? `${name}-error` : undefined,
  } as const;
  return (
    <>
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
      {options ? (
        <select {...common}>
          {options.map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} type="text" value={value} size={size} inputmode={inputmode} />
      )}
    </>
  );
};
