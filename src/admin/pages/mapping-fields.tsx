import { MAPPED_FIELDS, READINGS } from "#catalog-import";
import { Field } from "#web";
import { EditorField, errorOf, type EditorForm } from "./editor-field.tsx";
import {
  FIELD_WORDS,
  NEEDED_FIELDS,
  READING_WORDS,
  ROWS_WORDS,
  USUAL_FIELDS,
  usualReading,
  usualWrong,
  WHEN_WRONG_WORDS,
  type MappedName,
} from "./mapping-words.ts";

/** Most columns that a field may come from; see the form's reader. */
const MAX_COLUMNS_OF_FIELD = 5;
/** What a program may say of a fact and this page only keeps. */
const FACT_DETAILS = ["wrong", "text", "sep", "after", "before"] as const;
/** Empty lines for more facts. */
const SPARE_FACTS = 2;

export type MappingFieldsModel = {
  readonly form: EditorForm;
  /** The columns of the file. */
  readonly header: readonly string[];
  /** What stands in a column: the first few different texts. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
  /** By column: what is wrong with its cells in the first rows. */
  readonly troubles: Readonly<Record<string, string>>;
  readonly shopCurrency: string;
};

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Every rule of a mapping: what the table is, one field after the other, and facts. */
export const MappingFields = (model: MappingFieldsModel) => {
  const isFilled = (field: MappedName): boolean =>
    (model.form.values[`${field}.c1`] ?? "") !== "" || (model.form.values[`${field}.text`] ?? "") !== "";
  const shown = MAPPED_FIELDS.filter((field) => USUAL_FIELDS.includes(field) || isFilled(field));
  const folded = MAPPED_FIELDS.filter((field) => !shown.includes(field));
  return (
    <>
      <TableFields {...model} />
      <section class="editor-part">
        <h2>Where each field comes from</h2>
        {shown.map((field) => (
          <MappedField {...model} field={field} />
        ))}
        {folded.length > 0 && (
          <details>
            <summary>More fields</summary>
            <div class="mapping-more">
              {folded.map((field) => (
                <MappedField {...model} field={field} />
              ))}
            </div>
          </details>
        )}
      </section>
      <Facts {...model} />
    </>
  );
};

const TableFields = ({ form, shopCurrency }: MappingFieldsModel) => (
  <section class="editor-part">
    <h2>The table</h2>
    <EditorField form={form} name="rows" label="What a row is" options={optionsOf(ROWS_WORDS)} />
    <div class="editor-columns">
      <EditorField
        form={form}
        name="currency"
        label="Currency of its amounts"
        need="required"
        hint="Three letters, such as EUR."
        width="short"
      />
      <EditorField
        form={form}
        name="rate"
        label={`What one of it is worth in ${shopCurrency}`}
        hint="Such as 0.011. Needed when the currencies differ; nothing is converted silently."
        inputmode="text"
        width="short"
      />
      <EditorField
        form={form}
        name="roundToMinor"
        label="Round converted amounts to"
        hint="Cents: 5, 10, 100. Empty: no rounding."
        inputmode="numeric"
        width="short"
      />
      <EditorField
        form={form}
        name="decimalSign"
        label="Sign before the cents"
        options={[
          { value: ".", label: "Point: 1,234.50" },
          { value: ",", label: "Comma: 1.234,50" },
        ]}
        width="medium"
      />
    </div>
  </section>
);

type OneField = MappingFieldsModel & { readonly field: MappedName };

/** One field: its columns, and behind them how they are read. */
const MappedField = (model: OneField) => {
  const { form, field, header, examples, troubles } = model;
  const valueOf = (part: string): string => form.values[`${field}.${part}`] ?? "";
  const used = Array.from({ length: MAX_COLUMNS_OF_FIELD }, (_, at) => valueOf(`c${at + 1}`)).filter(
    (column) => column !== "",
  );
  const first = used[0];
  const texts = first === undefined ? [] : (examples[first] ?? []);
  const trouble = used.map((column) => troubles[column]).find(Boolean);
  const selects = Math.min(MAX_COLUMNS_OF_FIELD, Math.max(1, used.length + (used.length > 0 ? 1 : 0)));
  const isOdd =
    valueOf("text") !== "" ||
    (valueOf("as") || usualReading(field)) !== usualReading(field) ||
    (valueOf("wrong") || usualWrong(field)) !== usualWrong(field);
  return (
    <fieldset class="mapping-field">
      <legend>
        {FIELD_WORDS[field]}
        {NEEDED_FIELDS.includes(field) && <span class="field-need"> required</span>}
      </legend>
      <div class="editor-columns">
        {Array.from({ length: selects }, (_, at) => (
          <Field
            name={`${field}.c${at + 1}`}
            label={at === 0 ? "Column" : "If that is empty"}
            value={used[at] ?? ""}
            options={columnOptions(header, used[at])}
            error={at === 0 ? (errorOf(form, `${field}.c1`) ?? trouble) : undefined}
            hint={at === 0 && texts.length > 0 ? <Examples texts={texts} /> : undefined}
          />
        ))}
      </div>
      <details open={isOdd}>
        <summary>How it is read: {READING_WORDS[readingOf(valueOf("as"), field)]}</summary>
        <HowRead {...model} />
      </details>
    </fieldset>
  );
};

const readingOf = (text: string, field: MappedName) =>
  READINGS.find((known) => known === text) ?? usualReading(field);

const Examples = ({ texts }: { readonly texts: readonly string[] }) => (
  <>
    Holds{" "}
    {texts.map((text, at) => (
      <>
        {at > 0 && ", "}
        <bdi>“{text}”</bdi>
      </>
    ))}
  </>
);

/** A column that a mapping names and the file lacks stays chosen, so that nobody loses it without noticing. */
const columnOptions = (header: readonly string[], chosen: string | undefined) => [
  { value: "", label: "None" },
  ...(chosen !== undefined && !header.includes(chosen)
    ? [{ value: chosen, label: `${chosen} (not in this file)` }]
    : []),
  ...header.map((name) => ({ value: name, label: name === "" ? "(a column without a name)" : name })),
];

const HowRead = ({ form, field }: OneField) => {
  const named = (part: string) => `${field}.${part}`;
  const valueOf = (part: string): string => form.values[named(part)] ?? "";
  return (
    <div class="editor-columns">
      <Field
        name={named("as")}
        label="Read as"
        value={valueOf("as") || usualReading(field)}
        options={optionsOf(READING_WORDS)}
      />
      <Field
        name={named("wrong")}
        label="When a cell is wrong"
        value={valueOf("wrong") || usualWrong(field)}
        options={optionsOf(WHEN_WRONG_WORDS)}
      />
      <Field
        name={named("text")}
        label="Text where no column holds anything"
        value={valueOf("text")}
        hint="Such as Unknown, or {Brand} {Name} with columns in it."
        maxLength={500}
      />
      <Field
        name={named("sep")}
        label="Sign between several"
        value={valueOf("sep")}
        hint="A comma unless you say otherwise."
        width="short"
        maxLength={5}
      />
      <Field name={named("after")} label="Part after" value={valueOf("after")} maxLength={100} />
      <Field name={named("before")} label="Part before" value={valueOf("before")} maxLength={100} />
    </div>
  );
};

/** Facts of a product that have no field of their own. */
const Facts = ({ form, header, troubles }: MappingFieldsModel) => {
  const names = Object.keys(form.values).flatMap((key) => /^fact\.(\d{1,3})\.name$/.exec(key)?.[1] ?? []);
  const rows = Math.max(0, ...names.map((number) => Number(number) + 1)) + SPARE_FACTS;
  return (
    <section class="editor-part">
      <h2>Facts</h2>
      <p class="hint">Shown on the product’s page under a name of your own, such as Material.</p>
      {Array.from({ length: rows }, (_, number) => {
        const column = form.values[`fact.${number}.column`];
        return (
          <fieldset class="mapping-field">
            <legend class="visually-hidden">Fact {number + 1}</legend>
            <div class="editor-columns">
              <EditorField form={form} name={`fact.${number}.name`} label="Name" maxLength={100} />
              <Field
                name={`fact.${number}.column`}
                label="Column"
                value={column}
                options={columnOptions(header, column === "" ? undefined : column)}
                error={errorOf(form, `fact.${number}.column`) ?? (column ? troubles[column] : undefined)}
              />
              <Field
                name={`fact.${number}.as`}
                label="Read as"
                value={form.values[`fact.${number}.as`] ?? "text"}
                options={optionsOf(READING_WORDS)}
              />
            </div>
            {FACT_DETAILS.map((part) => {
              const name = `fact.${number}.${part}`;
              return form.values[name] ? <input type="hidden" name={name} value={form.values[name]} /> : null;
            })}
          </fieldset>
        );
      })}
    </section>
  );
};
