import { useSpeech } from "./use-speech.ts";

export type QuantityFieldProps = {
  readonly name: string;
  readonly value: number;
  /** Whole units; the field refuses more. */
  readonly maximum: number;
  /** 0 where zero removes the line. */
  readonly minimum?: number;
  /** Names the goods for those who cannot see the line: "Quantity of Heron, A3, oak". */
  readonly label?: string;
  /** True where the label is clear from what stands around it. */
  readonly isLabelHidden?: boolean;
  readonly id?: string;
  readonly error?: string | undefined;
};

/** A count of goods; a plain number field, so that it works everywhere. */
export const QuantityField = ({
  name,
  value,
  maximum,
  minimum = 1,
  label,
  isLabelHidden = false,
  id = name,
  error,
}: QuantityFieldProps) => (
  <div class="field field-quantity">
    <label class={isLabelHidden ? "visually-hidden" : undefined} for={id}>
      {label ?? useSpeech().say("product.quantity")}
    </label>
    {error && (
      <p class="field-error" id={`${id}-error`}>
        {error}
      </p>
    )}
    <input
      id={id}
      name={name}
      type="number"
      inputmode="numeric"
      min={minimum}
      max={maximum}
      step={1}
      value={String(value)}
      required
      aria-invalid={error ? "true" : undefined}
      aria-describedby={error ? `${id}-error` : undefined}
    />
  </div>
);
