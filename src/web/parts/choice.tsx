import type { Child } from "hono/jsx";

export type ChoiceOption = {
  readonly value: string;
  readonly label: Child;
  /** Second line: price, carrier, what it means. */
  readonly hint?: Child;
  /** At the end of the line: an amount. */
  readonly amount?: string;
};

export type ChoiceProps = {
  readonly name: string;
  readonly legend: string;
  readonly isLegendHidden?: boolean;
  readonly options: readonly ChoiceOption[];
  /** Chosen value of radios, or all chosen values of check boxes. */
  readonly value?: string | readonly string[] | undefined;
  readonly type?: "radio" | "checkbox";
  readonly error?: string | undefined;
};

/** One of several (radio cards) or any of several (check boxes), as a fieldset. The first control has the id `name`. */
export const Choice = ({
  name,
  legend,
  isLegendHidden = false,
  options,
  value,
  type = "radio",
  error,
}: ChoiceProps) => {
  const chosen = typeof value === "string" ? [value] : (value ?? []);
  return (
    <fieldset
      class={error ? "choice field-wrong" : "choice"}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend class={isLegendHidden ? "visually-hidden" : undefined}>{legend}</legend>
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
      {options.map((option, index) => (
        <label class="choice-card" for={index === 0 ? name : `${name}-${index}`}>
          <input
            id={index === 0 ? name : `${name}-${index}`}
            type={type}
            name={name}
            value={option.value}
            checked={chosen.includes(option.value)}
          />
          <span class="choice-text">
            <span class="choice-label">{option.label}</span>
            {option.hint && <span class="hint">{option.hint}</span>}
          </span>
          {option.amount && <span class="choice-amount">{option.amount}</span>}
        </label>
      ))}
    </fieldset>
  );
};

/** A single box that is never ticked in advance unless the person has ticked it before. */
export const CheckBox = ({
  name,
  label,
  isChecked = false,
  value = "yes",
}: {
  readonly name: string;
  readonly label: Child;
  readonly isChecked?: boolean;
  readonly value?: string;
}) => (
  <label class="check" for={name}>
    <input id={name} type="checkbox" name={name} value={value} checked={isChecked} />
    <span>{label}</span>
  </label>
);
