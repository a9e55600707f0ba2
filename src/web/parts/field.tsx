import type { Child } from "hono/jsx";
import { useSpeech } from "./use-speech.ts";

export type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly type?: "text" | "email" | "tel" | "search" | "password" | "number" | "date";
  /** Defaults to `name`; the error summary links to it. */
  readonly id?: string;
  readonly hint?: Child;
  /** One sentence that says what to do; the same in the summary. */
  readonly error?: string | undefined;
  /** `required` says the word, `optional` says "(optional)", `quiet` says neither. */
  readonly need?: "required" | "optional" | "quiet";
  readonly autocomplete?: string;
  readonly inputmode?: "text" | "email" | "tel" | "numeric" | "search";
  readonly enterkeyhint?: "next" | "done" | "search" | "go";
  readonly autocapitalize?: "characters" | "words" | "none";
  readonly maxLength?: number;
  /** Hints at how long the answer is. */
  readonly width?: "short" | "medium" | "full";
  /** With options the field is a select. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** With rows the field is a text area. */
  readonly rows?: number;
  readonly isReadOnly?: boolean;
  /** BCP 47, of what is written in it where that is not the page's: the text finds its own direction. */
  readonly language?: string | undefined;
  /** What an island reads: `data-pattern` with `data-wrong`, `data-reloads`. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
};

/**
 * A labelled control: label above, hint and error between label and control, nothing as placeholder. Values are
 * always filled in again. Checked by the server, so the form around it is `novalidate`.
 */
export const Field = (props: FieldProps) => {
  const { name, label, id = name, hint, error, need = "quiet", width = "full" } = props;
  const { say } = useSpeech();
  return (
    <div class={`field field-${width}${error ? " field-wrong" : ""}`}>
      <label for={id}>
        {label}
        {need === "required" && <span class="field-need"> {say("field.required")}</span>}
        {need === "optional" && <span class="field-need"> {say("field.optional")}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <Control {...props} id={id} name={name} />
    </div>
  );
};

const Control = (props: FieldProps & { readonly id: string }) => {
  const { id, name, hint, error, need, value = "" } = props;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const common = {
    id,
    name,
    "aria-required": need === "required" ? "true" : undefined,
    "aria-invalid": error ? "true" : undefined,
    "aria-describedby": described || undefined,
    autocomplete: props.autocomplete,
    ...(props.language === undefined ? {} : { lang: props.language, dir: "auto" as const }),
    ...props.data,
  };
  if (props.options) {
    return (
      <select {...common}>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (props.rows) {
    return (
      <textarea {...common} rows={props.rows} maxlength={props.maxLength}>
        {value}
      </textarea>
    );
  }
  return (
    <input
      {...common}
      type={props.type ?? "text"}
      value={value}
      inputmode={props.inputmode}
      enterkeyhint={props.enterkeyhint}
      autocapitalize={props.autocapitalize}
      maxlength={props.maxLength}
      readonly={props.isReadOnly}
      spellcheck={props.type === "email" || props.autocomplete?.endsWith("name") ? false : undefined}
    />
  );
};
