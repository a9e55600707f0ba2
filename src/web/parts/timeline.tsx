import type { Child } from "hono/jsx";
import { useSpeech } from "./use-speech.ts";

export type TimelineStep = {
  readonly label: string;
  readonly state: "done" | "current" | "ahead" | "failed";
  /** Formatted instant in the shop's time zone, or what is expected. */
  readonly when?: string;
  readonly note?: Child;
};

/** Where an order or parcel stands: a row on wide pages, a column on phones. */
export const Timeline = ({
  steps,
  label,
  isRow = false,
}: {
  readonly steps: readonly TimelineStep[];
  readonly label: string;
  /** A row on wide pages. */
  readonly isRow?: boolean;
}) => (
  <ol class={isRow ? "timeline timeline-row" : "timeline"} aria-label={label}>
    {steps.map((step) => (
      <li
        class={`timeline-step timeline-${step.state}`}
        aria-current={step.state === "current" ? "step" : undefined}
      >
        <span class="timeline-label">
          {step.label}
          <span class="visually-hidden"> ({useSpeech().say(`state.${step.state}`)})</span>
        </span>
        {step.when && <span class="hint">{step.when}</span>}
        {step.note && <span class="timeline-note">{step.note}</span>}
      </li>
    ))}
  </ol>
);
